import type { Preferences, Theme } from './preferences.ts';

/** The theme that is shown. */
export type ShownTheme = 'light' | 'dark';

/** What a preference comes to, the system wanting dark or not. */
export function shownTheme(theme: Theme, systemIsDark: boolean): ShownTheme {
  if (theme !== 'system') return theme;
  return systemIsDark ? 'dark' : 'light';
}

/** Keeps the page in the theme that was chosen, or in the system's. */
export function keepTheme(page: Document, preferences: Preferences): void {
  const system = page.defaultView?.matchMedia('(prefers-color-scheme: dark)');
  const apply = (): void => {
    page.documentElement.dataset.theme = shownTheme(preferences.state.getState().theme, system?.matches ?? false);
  };
  system?.addEventListener('change', apply);
  preferences.state.subscribe(apply);
  apply();
}
