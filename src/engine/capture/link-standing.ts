/**
 * How a link stands, as a number in the session file: part of the format. From `lost` on it is trouble, but for `served`,
 * which came for a file and got it. `flood` is refused, and stands for others that were.
 */
export const STANDING = {
  connecting: 0,
  open: 1,
  ended: 2,
  lost: 3,
  refused: 4,
  attempt: 5,
  served: 6,
  flood: 7,
} as const;
export type Standing = keyof typeof STANDING;
