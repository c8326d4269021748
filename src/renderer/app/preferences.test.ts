import { describe, expect, it } from 'vitest';
import { createPreferences } from './preferences.ts';
import { shownTheme } from './theme.ts';

function storage(initial: string | null) {
  let stored = initial;
  return {
    getItem: () => stored,
    setItem: (_: string, value: string) => {
      stored = value;
    },
  };
}

describe('preferences', () => {
  it('are found again', () => {
    const place = storage(null);
    const chosen = {
      theme: 'dark',
      hintDismissed: true,
      pane: 'rules',
      filterHistory: ['edited'],
      meterKeys: { 'CS-1 2': '3059' },
      siteLimit: 43_000,
    } as const;
    createPreferences(place).set(chosen);
    expect(createPreferences(place).state.getState()).toEqual(chosen);
  });

  it.each([
    null,
    '',
    '{',
    '7',
    'null',
    '{"theme":"pink","hintDismissed":"yes","pane":"kitchen","filterHistory":[1],"meterKeys":{"CS-1":1},"siteLimit":"much","more":1}',
  ])('start afresh where %j was stored', (stored) => {
    expect(createPreferences(storage(stored)).state.getState()).toEqual({
      theme: 'system',
      hintDismissed: false,
      pane: null,
      filterHistory: [],
      meterKeys: {},
      siteLimit: null,
    });
  });

  it('hold while the page is open where nothing can be stored', () => {
    const refuse = (): never => {
      throw new Error('denied');
    };
    const preferences = createPreferences({ getItem: refuse, setItem: refuse });
    preferences.set({ theme: 'light' });
    expect(preferences.state.getState().theme).toBe('light');
  });
});

describe('the theme', () => {
  it('is what was chosen, or what the system wants', () => {
    expect(shownTheme('system', true)).toBe('dark');
    expect(shownTheme('system', false)).toBe('light');
    expect(shownTheme('light', true)).toBe('light');
    expect(shownTheme('dark', false)).toBe('dark');
  });
});
