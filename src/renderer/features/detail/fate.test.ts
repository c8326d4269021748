import { describe, expect, it } from 'vitest';
import { plainRow } from '../../testing/scripted-engine.ts';
import { fateSentence } from './fate.ts';

const pair = { row: plainRow(1042) };

describe('the fate of a frame in words', () => {
  it.each<[Parameters<typeof fateSentence>[0], string | undefined]>([
    [{ row: plainRow(1) }, undefined],
    [
      { row: plainRow(1, { fate: 'edited' }), fateBy: 'the rule "Clamp limit"', successors: [pair] },
      'Edited on its way to the CSMS (the rule "Clamp limit"): #1,042 went in its place.',
    ],
    [
      { row: plainRow(1, { fate: 'dropped', direction: 'to-station' }), fateBy: 'by hand' },
      'Dropped (by hand): the station did not get it.',
    ],
    [{ row: plainRow(1, { fate: 'answered' }) }, 'Plugscope answered it: the CSMS did not get it.'],
    [{ row: plainRow(1, { fate: 'consumed' }) }, 'Kept from the CSMS: it answers a call of Plugscope.'],
    [{ row: plainRow(1, { fate: 'delayed' }) }, 'Went on unchanged to the CSMS, but later than it came.'],
    [{ row: plainRow(1, { fate: 'undelivered' }) }, 'The CSMS did not get it: the connection ended first.'],
    [
      { row: plainRow(2, { origin: 'edited', original: 1042 }), originalFrame: pair },
      'This is what went to the CSMS in place of #1,042.',
    ],
    [{ row: plainRow(2, { origin: 'injected' }) }, 'Made by Plugscope, which put it in on the way to the CSMS.'],
    [
      { row: plainRow(2, { origin: 'injected', original: 1042 }), originalFrame: pair },
      'A copy of #1,042, made by Plugscope.',
    ],
    [{ row: plainRow(2), successors: [pair, pair] }, '2 copies of it went out as well.'],
  ])('%#', (told, sentence) => {
    expect(fateSentence(told)).toBe(sentence);
  });
});
