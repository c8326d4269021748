import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import { copyText } from '../../components/clipboard.ts';
import css from './detail.module.css';

const SHOWN_FOR = 2500;
const SayContext = createContext<(sentence: string) => void>(() => undefined);

/** Says for a moment what was done. */
export function useSay(): (sentence: string) => void {
  return useContext(SayContext);
}

/** Copies a text and says so. */
export function useCopy(): (what: string, text: string) => Promise<void> {
  const say = useSay();
  return useCallback(
    async (what, text) => {
      const outcome = await copyText(text);
      say(outcome === 'copied' ? `${what} copied` : 'The browser refused to copy');
    },
    [say],
  );
}

/** A place in which the parts inside it can say what was done. */
export function Saying({ children }: { children: ReactNode }): ReactNode {
  const [said, setSaid] = useState<{ readonly sentence: string } | null>(null);
  useEffect(() => {
    if (!said) return;
    const handle = setTimeout(() => setSaid(null), SHOWN_FOR);
    return () => clearTimeout(handle);
  }, [said]);
  const say = useCallback((sentence: string) => setSaid({ sentence }), []);
  return (
    <SayContext value={say}>
      {children}
      <span role="status" className={said ? css.said : 'visually-hidden'}>
        {said?.sentence ?? ''}
      </span>
    </SayContext>
  );
}
