/** How bars are hatched, in turn: colour is never the only difference. */
export const HATCHES = ['plain', 'rising', 'dots', 'falling', 'level', 'grid'] as const;
export type Hatch = (typeof HATCHES)[number];

/** The hatching of the series at a place. */
export function hatchOf(index: number): Hatch {
  return HATCHES[index % HATCHES.length] ?? 'plain';
}

/** The lines of a hatching in a square of 8 pixels, as data of a path. */
export const HATCH_PATHS: Readonly<Record<Hatch, string>> = {
  plain: '',
  rising: 'M-2,2L2,-2M0,8L8,0M6,10L10,6',
  dots: 'M2,2h2v2h-2zM6,6h2v2h-2z',
  falling: 'M-2,6L2,10M0,0L8,8M6,-2L10,2',
  level: 'M0,4H8',
  grid: 'M0,4H8M4,0V8',
};
