import { describe, expect, it } from 'vitest';
import { csvText } from './csv-text.ts';
import { MADE_THEME, madeSeries, madeSpec } from './testing/made-series.ts';
import { timeChartCsv } from './time-csv.ts';
import { timeChartSvg } from './time-svg.ts';

describe('a table in a file', () => {
  it('quotes what has to be, and lets no text be taken for a formula', () => {
    expect(csvText([['a,b', 'say "x"', 1.5, null, undefined, 'two\nlines']])).toBe(
      '"a,b","say ""x""",1.5,,,"two\nlines"\r\n',
    );
    expect(csvText([['=HYPERLINK("x")', '+1', '-1', '@a', -1]])).toBe(`"'=HYPERLINK(""x"")",'+1,'-1,'@a,-1\r\n`);
  });

  it('has the points in the range in the order of time, in base units, with what a step held before', () => {
    const step = madeSeries([0, 1500], [11_000, 7000], { id: 'limit', label: 'Limit', shape: 'step', entry: [4, 0] });
    const line = madeSeries([500, 1200, 9000], [10_500.5, null, 1], { label: 'Power, L1', note: [undefined, 'lost'] });
    const text = timeChartCsv(madeSpec([step, line]), [step, line], { from: 1000, to: 2000 });
    expect(text.split('\r\n')).toEqual([
      'time,time_ms,series,value,unit,low,high,entry,note',
      '1970-01-01T00:00:00.000Z,0,Limit,11000,W,,,4,',
      '1970-01-01T00:00:01.200Z,1200,"Power, L1",,W,,,,lost',
      '1970-01-01T00:00:01.500Z,1500,Limit,7000,W,,,,',
      '',
    ]);
  });
});

describe('a picture in a file', () => {
  const spec = madeSpec(
    [
      madeSeries([0, 1000], [5, 10], { label: 'Shown <b>' }),
      madeSeries([0, 1000], [5, 10], { id: 'two', label: 'Other', colour: 2, hidden: true }),
    ],
    { title: 'Power & more', bands: [{ from: 200, to: 400, label: 'C', tone: 'good' }] },
  );
  const svg = (switched = {}): string =>
    timeChartSvg(spec, { from: 0, to: 1000 }, { width: 600, height: 300 }, MADE_THEME, switched);

  it('has title, legend, unit, bands and the series that are shown, as text that means nothing else', () => {
    expect(svg()).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="600"/);
    for (const part of ['Power &#38; more', 'Shown &#60;b&#62;', 'Power (W)', '#good', 'stroke="#one"']) {
      expect(svg()).toContain(part);
    }
    expect(svg()).not.toContain('#two');
    expect(svg({ two: true })).toContain('stroke="#two"');
  });

  it('is no larger for a hundred thousand points than the width has room for', () => {
    const at = Array.from({ length: 100_000 }, (_, index) => index);
    const long = madeSpec([
      madeSeries(
        at,
        at.map((one) => (one * 7919) % 1000),
      ),
    ]);
    const text = timeChartSvg(long, { from: 0, to: 99_999 }, { width: 600, height: 300 }, MADE_THEME);
    expect(text.length).toBeLessThan(120_000);
  });
});
