import { createStore, type StoreApi } from 'zustand/vanilla';
import { isPaneId, type PaneId } from './pane-ids.ts';

export type Theme = 'system' | 'light' | 'dark';

/** What the user chose and finds again the next time. */
export interface PreferenceValues {
  readonly theme: Theme;
  /** The sentence on the starter bench was read. */
  readonly hintDismissed: boolean;
  /** The pane that the dock shows; null where it is closed. */
  readonly pane: PaneId | null;
  /** Filters that were used, the latest first. */
  readonly filterHistory: readonly string[];
  /** Public keys of meters that the user gave: by station and EVSE, as `CS-1 2`. */
  readonly meterKeys: Readonly<Record<string, string>>;
  /** What the site may take from the grid, in W; null where nobody said. */
  readonly siteLimit: number | null;
}

/** Preferences, remembered by the browser. */
export interface Preferences {
  readonly state: StoreApi<PreferenceValues>;
  set(change: Partial<PreferenceValues>): void;
}

/** What is used of the browser's storage. */
export type PreferenceStorage = Pick<Storage, 'getItem' | 'setItem'>;

const KEY = 'plugscope.preferences';
const DEFAULTS: PreferenceValues = {
  theme: 'system',
  hintDismissed: false,
  pane: null,
  filterHistory: [],
  meterKeys: {},
  siteLimit: null,
};

/** Reads what was remembered; what is damaged or forbidden counts as nothing remembered. */
export function createPreferences(storage: PreferenceStorage): Preferences {
  const state = createStore<PreferenceValues>(() => ({ ...DEFAULTS, ...read(storage) }));
  return {
    state,
    set(change) {
      state.setState(change);
      try {
        storage.setItem(KEY, JSON.stringify(state.getState()));
      } catch {
        // A browser that stores nothing still shows the workbench; it only forgets.
      }
    },
  };
}

function read(storage: PreferenceStorage): Partial<PreferenceValues> {
  try {
    const stored: unknown = JSON.parse(storage.getItem(KEY) ?? 'null');
    if (typeof stored !== 'object' || stored === null) return {};
    const { theme, hintDismissed, pane, filterHistory, meterKeys, siteLimit } = stored as Partial<
      Record<keyof PreferenceValues, unknown>
    >;
    return {
      ...(theme === 'system' || theme === 'light' || theme === 'dark' ? { theme } : {}),
      ...(typeof hintDismissed === 'boolean' ? { hintDismissed } : {}),
      ...(isPaneId(pane) ? { pane } : {}),
      ...(isTexts(filterHistory) ? { filterHistory } : {}),
      ...(isTextByName(meterKeys) ? { meterKeys } : {}),
      ...(typeof siteLimit === 'number' && Number.isFinite(siteLimit) ? { siteLimit } : {}),
    };
  } catch {
    return {};
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((text) => typeof text === 'string');
}

function isTextByName(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && isTexts(Object.values(value));
}
