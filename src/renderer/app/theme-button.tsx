import { Monitor, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { IconButton } from '../components/button.tsx';
import type { Theme } from './preferences.ts';
import { useWorkbench } from './workbench.ts';

const THEMES = {
  system: { next: 'light', words: 'Theme of the system', Icon: Monitor },
  light: { next: 'dark', words: 'Light theme', Icon: Sun },
  dark: { next: 'system', words: 'Dark theme', Icon: Moon },
} as const satisfies Record<Theme, { next: Theme; words: string; Icon: typeof Sun }>;

/** Goes round the themes: the system's, light, dark. */
export function ThemeButton(): ReactNode {
  const { preferences } = useWorkbench();
  const theme = useStore(preferences.state, (state) => state.theme);
  const { next, words, Icon } = THEMES[theme];
  return (
    <IconButton label={`${words}; press for another`} onClick={() => preferences.set({ theme: next })}>
      <Icon size={16} aria-hidden />
    </IconButton>
  );
}
