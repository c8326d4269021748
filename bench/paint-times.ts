/** How long charts take to be on screen, in milliseconds. */
export interface PaintTimes {
  /** From the key to the first picture, the session being read only now. */
  readonly first: number;
  /** The same in another window, when the session has been gathered. */
  readonly again: number;
  /** Every one of these changes what is shown in each frame. */
  readonly moves: readonly MoveTimes[];
}

/** How smooth a way to move over a chart is. */
export interface MoveTimes {
  /** The chart and the way, such as `Power: zoom, wheel`. */
  readonly name: string;
  readonly framesPerSecond: number;
  /** From one frame to the next: the middle, and below which 95 % and 99 % are. */
  readonly middle: number;
  readonly most: number;
  readonly worst: number;
  /** Of a frame, how long the page itself works: the middle, and below which 95 % are. */
  readonly work: number;
  readonly workMost: number;
  /** From the last move to the picture in full detail. */
  readonly settled: number;
}
