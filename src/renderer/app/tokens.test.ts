import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROW_COLOURS } from '../../session/notes.ts';

/** What WCAG 2 asks of text of this size. */
const AA = 4.5;
/** What it asks of what is not text. */
const AA_GRAPHICS = 3;
const INKS = ['ink', 'ink-muted', 'to-csms', 'to-station', 'error', 'warning', 'accent'];

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const themes = {
  light: css.slice(0, css.indexOf('[data-theme="dark"]')),
  dark: css.slice(css.indexOf('[data-theme="dark"]')),
};

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const CHART_COLOURS = ['1', '2', '3', '4', '5', '6', '7', '8', 'grey'];

describe.each(Object.entries(themes))('in the %s theme', (_, theme) => {
  const token = (name: string): string => {
    const value = new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(theme)?.[1];
    if (value === undefined) throw new Error(`There is no token --${name}.`);
    return value;
  };

  it.each(ROW_COLOURS)('every text is legible on rows that a rule makes %s', (colour) => {
    const ground = token(`row-${colour}`);
    const illegible = INKS.filter((ink) => contrast(token(ink), ground) < AA);
    expect(illegible).toEqual([]);
    expect(contrast(token(`row-${colour}-line`), ground)).toBeGreaterThanOrEqual(AA_GRAPHICS);
  });

  it.each(CHART_COLOURS)('series %s of a chart stands out from the ground', (colour) => {
    expect(contrast(token(`chart-${colour}`), token('ground'))).toBeGreaterThanOrEqual(AA_GRAPHICS);
  });
});
