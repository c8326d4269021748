import type { Clip, Shape, ShapeGroup } from './chart-shapes.ts';
import { CHART_TEXT } from './chart-theme.ts';
import type { Place } from './series-trace.ts';

/** Text for XML: what a peer wrote stays text, and characters that XML 1.0 forbids become blanks. */
export function escapedXml(text: string): string {
  return text
    .replace(/[\p{Cc}\ufffe\uffff]/gu, ' ')
    .replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

const number = (value: number): string => String(Number(value.toFixed(2)));

/** Shapes as elements of an SVG file. `name` keeps the clips of several pictures in one file apart. */
export function svgShapes(groups: readonly ShapeGroup[], name: string): string {
  return groups
    .map(({ clip, shapes }, index) => {
      const body = shapes.map(svgShape).join('');
      return clip
        ? `${clipPath(clip, `${name}-${index}`)}<g clip-path="url(#${name}-${index})">${body}</g>`
        : `<g>${body}</g>`;
    })
    .join('');
}

function clipPath({ left, top, width, height }: Clip, id: string): string {
  return `<clipPath id="${id}"><rect x="${number(left)}" y="${number(top)}" width="${number(width)}" height="${number(height)}"/></clipPath>`;
}

function svgShape(shape: Shape): string {
  if (shape.kind === 'rect') {
    return `<rect x="${number(shape.x)}" y="${number(shape.y)}" width="${number(shape.width)}" height="${number(shape.height)}" fill="${shape.fill}" fill-opacity="${shape.opacity}"/>`;
  }
  if (shape.kind === 'lines') {
    if (shape.lines.length === 0) return '';
    const dash = shape.dash.length > 0 ? ` stroke-dasharray="${shape.dash.join(' ')}"` : '';
    return `<path d="${shape.lines.map(path).join('')}" fill="none" stroke="${shape.stroke}" stroke-width="${shape.width}" stroke-linejoin="round"${dash}/>`;
  }
  if (shape.kind === 'area') {
    if (shape.outlines.length === 0) return '';
    return `<path d="${shape.outlines.map((line) => `${path(line)}Z`).join('')}" fill="${shape.fill}" fill-opacity="${shape.opacity}"/>`;
  }
  if (shape.kind === 'markers') return `<path d="${shape.data}" fill="${shape.fill}"/>`;
  const weight =
    (shape.bold ? ' font-weight="600"' : '') +
    (shape.halo === undefined
      ? ''
      : ` stroke="${shape.halo}" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`);
  return `<text x="${number(shape.x)}" y="${number(shape.y)}" text-anchor="${shape.anchor}" fill="${shape.fill}"${weight}>${escapedXml(shape.text)}</text>`;
}

function path(line: readonly Place[]): string {
  return line.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${number(x)},${number(y)}`).join('');
}

/** A whole SVG file. */
export function svgFile(width: number, height: number, ground: string, font: string, body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapedXml(font)}" font-size="${CHART_TEXT}"><rect width="${width}" height="${height}" fill="${ground}"/>${body}</svg>`;
}
