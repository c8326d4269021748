import type { Place } from './series-trace.ts';

/** Something to be drawn, the same on a canvas and in a file. */
export type Shape =
  | {
      readonly kind: 'rect';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly fill: string;
      readonly opacity: number;
    }
  | {
      readonly kind: 'lines';
      readonly lines: readonly (readonly Place[])[];
      readonly stroke: string;
      readonly width: number;
      readonly dash: readonly number[];
    }
  | {
      readonly kind: 'area';
      readonly outlines: readonly (readonly Place[])[];
      readonly fill: string;
      readonly opacity: number;
    }
  /** `data` is that of an SVG path. */
  | { readonly kind: 'markers'; readonly data: string; readonly fill: string }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Of the line on which it stands. */
      readonly y: number;
      readonly text: string;
      readonly fill: string;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly bold?: boolean;
      /** Colour around the letters, where they stand on lines. */
      readonly halo?: string;
    };

/** A rectangle out of which nothing is drawn. */
export interface Clip {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Shapes that share a clip; none where it is null. */
export interface ShapeGroup {
  readonly clip: Clip | null;
  readonly shapes: readonly Shape[];
}
