import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type ShownTheme, shownTheme } from './theme.ts';
import { useWorkbench } from './workbench.ts';

/** The theme that is shown now, for what cannot take its colours from style sheets. */
export function useShownTheme(): ShownTheme {
  const { preferences } = useWorkbench();
  const { theme } = useStore(preferences.state);
  const [dark, setDark] = useState(() => matchMedia('(prefers-color-scheme: dark)').matches);
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const onChange = (): void => setDark(system.matches);
    system.addEventListener('change', onChange);
    return () => system.removeEventListener('change', onChange);
  }, []);
  return shownTheme(theme, dark);
}
