/** How long charts take to be on screen, in milliseconds. */
export interface PaintTimes {
  /** From the key to the first picture, the session being read only now. */
  readonly first: number;
  /** The same in another window, when the session has been gathered. */
  readonly again: number;
  /** From a zoom to the picture of it: in the middle, and below which 95 % are. */
  readonly update: number;
  readonly updateWorst: number;
}
