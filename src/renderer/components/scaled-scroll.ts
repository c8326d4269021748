/**
 * Scrolling over more rows than a browser can lay out: Chromium caps an element at 33,554,428 px and Firefox at about
 * half of that. The scroll area is capped, and what it stands for is cut into slices; within a slice a pixel of
 * scrolling is a pixel of content, and only a slice's end or a drag of the scrollbar changes the offset between them.
 */
export interface ScrollGeometry {
  /** Height of the content in px, as if nothing were capped. */
  readonly content: number;
  /** Height of the element that is laid out in px. */
  readonly area: number;
  /** Height of what is visible in px. */
  readonly viewport: number;
}

/** Where a view stands: the top of what is visible in the content, and the scroll position that shows it. */
export interface ScrollPlace {
  readonly top: number;
  readonly scroll: number;
}

/** Below what Chromium and Firefox lay out. */
export const AREA_MAX = 10_000_000;
const SLICES_IN_AREA = 100;

/** The geometry of `rows` rows of `rowHeight` px in a viewport. */
export function scrollGeometry(rows: number, rowHeight: number, viewport: number): ScrollGeometry {
  const content = rows * rowHeight;
  return { content, area: Math.min(content, AREA_MAX), viewport };
}

/** The largest top and the largest scroll position. */
export function endOf({ content, area, viewport }: ScrollGeometry): ScrollPlace {
  return { top: Math.max(0, content - viewport), scroll: Math.max(0, area - viewport) };
}

/** The place that shows the content from `top` on, clamped to both ends. */
export function placeAt(geometry: ScrollGeometry, top: number): ScrollPlace {
  const end = endOf(geometry);
  const clamped = Math.min(Math.max(0, Math.round(top)), end.top);
  if (clamped === end.top) return end;
  return { top: clamped, scroll: clamped - offsetOfSlice(geometry, sliceAt(geometry, clamped)) };
}

/**
 * The place after the user scrolled to `scroll`: a step moves the content by as much, a leap (the scrollbar was
 * dragged) goes to the same part of the whole. Its `scroll` differs from the given one where a slice was left.
 */
export function placeAfterScroll(geometry: ScrollGeometry, before: ScrollPlace, scroll: number): ScrollPlace {
  const end = endOf(geometry);
  const atEnd = scroll >= end.scroll - END_TOLERANCE;
  if (geometry.content === geometry.area) return atEnd ? end : { top: Math.max(0, scroll), scroll };
  const delta = scroll - before.scroll;
  if (Math.abs(delta) > geometry.viewport) {
    if (atEnd) return end;
    if (scroll <= 0) return { top: 0, scroll: 0 };
    const slice = sliceAt(geometry, scroll * (end.top / end.scroll));
    return { top: scroll + offsetOfSlice(geometry, slice), scroll };
  }
  const top = Math.min(Math.max(0, before.top + delta), end.top);
  const sameSlice = sliceAt(geometry, top) === sliceAt(geometry, before.top);
  const nearEdge = scroll < geometry.viewport || end.scroll - scroll < geometry.viewport;
  return sameSlice && !nearEdge ? { top, scroll } : placeAt(geometry, top);
}

/** The place after rows came or went: the same content, and room to scroll wherever there is more. */
export function placeAfterGrowth(geometry: ScrollGeometry, before: ScrollPlace): ScrollPlace {
  const end = endOf(geometry);
  if (before.top >= end.top) return end;
  return before.scroll >= end.scroll - END_TOLERANCE ? placeAt(geometry, before.top) : before;
}

/** Scroll positions are fractions of a px where the page is zoomed. */
const END_TOLERANCE = 1;
const sliceHeight = AREA_MAX / SLICES_IN_AREA;

function sliceCount({ content }: ScrollGeometry): number {
  return Math.max(2, Math.floor(content / sliceHeight));
}

function sliceAt(geometry: ScrollGeometry, top: number): number {
  return Math.min(sliceCount(geometry) - 1, Math.floor(top / sliceHeight));
}

function offsetOfSlice(geometry: ScrollGeometry, slice: number): number {
  return Math.round((slice * (geometry.content - geometry.area)) / (sliceCount(geometry) - 1));
}
