import { expect, it } from 'vitest';
import type { Api } from '../../bridge/contract.ts';
import type { EntryDetail } from '../../session/timeline.ts';
import { fakeDetail } from '../testing/fake-rows.ts';
import { plainRow } from '../testing/scripted-engine.ts';
import { canComposeFrom, composeFrom, draftOf } from './compose-from.ts';
import { createComposing } from './composing.ts';
import type { Workbench } from './workbench.ts';

const shape = { stations: 1, start: 0, step: 1, hostile: false, large: false };
const detail = (text: string | undefined, row: Parameters<typeof plainRow>[1] = {}, base64 = '') => ({
  ...fakeDetail(shape, 0),
  row: plainRow(1, row),
  text,
  base64,
});

it('starts a message with the payload of a request, laid out, its braces kept', () => {
  const text = '[2,"m","DataTransfer",{"vendorId":"{{now}}","data":1.0}]';
  const row = { action: 'DataTransfer', direction: 'to-station', station: 'CS-9', version: '1.6' } as const;
  expect(draftOf(detail(text, row))).toEqual({
    kind: 'message',
    target: { station: 'CS-9', peer: 'station' },
    version: '1.6',
    action: 'DataTransfer',
    messageId: '',
    payload: '{\n  "vendorId": "{{{{now}}",\n  "data": 1.0\n}',
  });
});

it('starts a whole frame with everything else', () => {
  const answer = detail('[3,"m",{}]', { type: 'CALLRESULT', direction: 'to-csms' });
  expect(draftOf(answer)).toMatchObject({
    kind: 'frame',
    frame: '[3,"m",{}]',
    frameAs: 'text',
    target: { peer: 'csms' },
  });
  expect(draftOf(detail('[2,"m","X",[1]]', { action: 'X' }))).toMatchObject({ kind: 'frame' });
  expect(draftOf(detail('no JSON', { type: 'malformed', action: null }))).toMatchObject({ frame: 'no JSON' });
  const bytes = detail(undefined, { type: 'malformed', action: null }, btoa('\u0000\u00ff'));
  expect(draftOf(bytes)).toMatchObject({ frame: '00 ff', frameAs: 'binary' });
});

it('starts from frames alone', () => {
  expect([plainRow(1), plainRow(1, { kind: 'opened' }), null].map(canComposeFrom)).toEqual([true, false, false]);
});

it('composes from the entry that was asked for last, and from none where that cannot be read', async () => {
  const answers: ((found: EntryDetail | null) => void)[] = [];
  const api = { 'entry.get': () => new Promise((answer) => void answers.push(answer)) } as Partial<Api> as Api;
  const shown: string[] = [];
  const said: string[] = [];
  const composing = createComposing();
  const workbench = {
    api: () => api,
    composing,
    dock: { show: (pane: string) => void shown.push(pane) },
    saying: { say: (sentence: string) => void said.push(sentence) },
  } as unknown as Workbench;
  const first = composeFrom(workbench, plainRow(1));
  const second = composeFrom(workbench, plainRow(2));
  answers[1]?.(detail('[2,"m","Reset",{}]', { entry: 2, action: 'Reset' }));
  await second;
  answers[0]?.(detail('[2,"m","Heartbeat",{}]'));
  await first;
  expect(composing.getState()).toMatchObject({ action: 'Reset', reading: null });
  expect(shown).toEqual(['composer']);
  const third = composeFrom(workbench, plainRow(3));
  answers[2]?.(null);
  await third;
  expect(said).toEqual(['Entry 3 could not be read from the session.']);
  expect(composing.getState().action).toBe('Reset');
  expect(shown).toEqual(['composer']);
});
