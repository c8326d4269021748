import type { Shape, ShapeGroup } from './chart-shapes.ts';
import { CHART_TEXT } from './chart-theme.ts';
import { drawLines } from './series-trace.ts';

/** Points of a line that is drawn with all care at most. */
const CAREFUL_MAX = 1000;

/** Draws shapes on a canvas whose unit is the CSS pixel. */
export function drawShapes(context: CanvasRenderingContext2D, groups: readonly ShapeGroup[], font: string): void {
  for (const { clip, shapes } of groups) {
    context.save();
    if (clip) {
      context.beginPath();
      context.rect(clip.left, clip.top, clip.width, clip.height);
      context.clip();
    }
    for (const shape of shapes) drawShape(context, shape, font);
    context.restore();
  }
}

function drawShape(context: CanvasRenderingContext2D, shape: Shape, font: string): void {
  if (shape.kind === 'rect') {
    context.globalAlpha = shape.opacity;
    context.fillStyle = shape.fill;
    context.fillRect(shape.x, shape.y, shape.width, shape.height);
    context.globalAlpha = 1;
  } else if (shape.kind === 'lines') {
    context.beginPath();
    drawLines(shape.lines, context);
    context.strokeStyle = shape.stroke;
    // Of a line that goes up and down in each pixel, joins cannot be seen; and only one as thin as the screen has them
    // is drawn at once: any other takes longer than a frame.
    const dense = shape.lines.some(({ length }) => length > CAREFUL_MAX);
    context.lineWidth = dense ? Math.min(shape.width, 1 / context.getTransform().a) : shape.width;
    context.lineJoin = dense ? 'bevel' : 'round';
    context.setLineDash([...shape.dash]);
    context.stroke();
  } else if (shape.kind === 'area') {
    context.beginPath();
    drawLines(shape.outlines, context);
    context.globalAlpha = shape.opacity;
    context.fillStyle = shape.fill;
    context.fill();
    context.globalAlpha = 1;
  } else if (shape.kind === 'markers') {
    context.fillStyle = shape.fill;
    context.fill(new Path2D(shape.data));
  } else {
    context.font = `${shape.bold ? '600 ' : ''}${CHART_TEXT}px ${font}`;
    context.textAlign = shape.anchor === 'middle' ? 'center' : shape.anchor;
    context.textBaseline = 'alphabetic';
    if (shape.halo !== undefined) {
      context.setLineDash([]);
      context.lineWidth = 3;
      context.lineJoin = 'round';
      context.strokeStyle = shape.halo;
      context.strokeText(shape.text, shape.x, shape.y);
    }
    context.fillStyle = shape.fill;
    context.fillText(shape.text, shape.x, shape.y);
  }
}
