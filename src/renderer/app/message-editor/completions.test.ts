import { describe, expect, it } from 'vitest';
import { type Completion, completionsAt } from './completions.ts';
import type { EditedMessage } from './edited-message.ts';

const FRAME: EditedMessage = { version: '2.1', direction: 'to-csms', part: 'frame', action: null };
const NOW = '2026-11-20T09:30:00.000Z';

/** What is suggested at the place marked with `|`. */
function at(marked: string, message: EditedMessage = FRAME): readonly Completion[] {
  const offset = marked.indexOf('|');
  return completionsAt(marked.replace('|', ''), offset, message, NOW);
}

/** The text after one of the suggestions was taken. */
function taken(marked: string, label: string, message: EditedMessage = FRAME): string {
  const completion = at(marked, message).find((one) => one.label === label);
  if (!completion) throw new Error(`${label} is not suggested`);
  const text = marked.replace('|', '');
  return text.slice(0, completion.start) + completion.insert + text.slice(completion.end);
}

const labels = (completions: readonly Completion[]): readonly string[] => completions.map(({ label }) => label);

describe('completions of a frame', () => {
  it('are the message types, the actions of that way and the error codes', () => {
    expect(labels(at('[|'))).toEqual(['2', '3', '4', '5', '6']);
    const actions = labels(at('[2,"id","|"]'));
    expect(actions).toContain('BootNotification');
    expect(actions).not.toContain('Reset');
    expect(actions).not.toContain('NotifyPeriodicEventStream');
    expect(labels(at('[2,"id","|"]', { ...FRAME, direction: 'to-station' }))).toContain('Reset');
    expect(labels(at('[4,"id","|"]'))).toContain('SecurityError');
    expect(labels(at('[4,"id","|"]', { ...FRAME, version: '1.6' }))).toContain('OccurenceConstraintViolation');
    expect(taken('[2,"id","Boo|"]', 'BootNotification')).toBe('[2,"id","BootNotification"]');
  });

  it('are the properties that are not there yet', () => {
    const found = at('[2,"id","BootNotification",{"reason":"PowerUp",|}]');
    expect(labels(found)).toEqual(['chargingStation', 'customData']);
    expect(found[0]).toMatchObject({ required: true, detail: 'object, required' });
    expect(taken('[2,"id","BootNotification",{|}]', 'reason')).toBe('[2,"id","BootNotification",{"reason": ""}]');
    const nested = taken('[2,"id","BootNotification",{|}]', 'chargingStation');
    expect(JSON.parse(nested)[3].chargingStation).toMatchObject({ model: 'model', vendorName: 'vendorName' });
  });

  it('replace a name that is being changed, and leave its value', () => {
    expect(taken('[2,"id","BootNotification",{"rea|":1}]', 'reason')).toBe('[2,"id","BootNotification",{"reason":1}]');
    expect(taken('[2,"id","BootNotification",{"rea|\n"x":1}]', 'reason')).toBe(
      '[2,"id","BootNotification",{"reason": "",\n"x":1}]',
    );
  });

  it('are the values of an enumeration, true and false, and now', () => {
    expect(labels(at('[2,"id","BootNotification",{"reason":|}]'))).toContain('PowerUp');
    expect(taken('[2,"id","BootNotification",{"reason":"Po|"}]', 'PowerUp')).toContain('{"reason":"PowerUp"}');
    expect(labels(at('[2,"id","TransactionEvent",{"offline": |}]'))).toEqual(['true', 'false']);
    expect(labels(at('[2,"id","TransactionEvent",{"timestamp": |}]'))).toEqual([NOW]);
    expect(labels(at('[2,"id","TransactionEvent",{"meterValue":[{"sampledValue":[{"measurand":"|"}]}]}]'))).toContain(
      'SoC',
    );
  });

  it('of an answer follow the action that it answers', () => {
    const answer: EditedMessage = { ...FRAME, direction: 'to-station', action: 'BootNotification' };
    expect(labels(at('[3,"id",{|}]', answer))).toContain('interval');
    expect(labels(at('[3,"id",{|}]'))).toEqual([]);
  });

  it('are none where nothing is known', () => {
    expect(at('[2,"id","NoSuchAction",{|}]')).toEqual([]);
    expect(at('[2,"id","BootNotification",{"nope":{|}}]')).toEqual([]);
    expect(at('[2,"id","BootNotification",{|}]', { ...FRAME, version: null })).toEqual([]);
    expect(at('|')).toEqual([]);
    expect(at('not json at all |')).toEqual([]);
  });
});

it('completes a payload alone', () => {
  const payload: EditedMessage = { ...FRAME, part: 'request', action: 'Authorize' };
  expect(labels(at('{|}', payload))).toContain('idToken');
  expect(labels(at('{"idToken":{"type":"x","|"}}', payload))).toEqual(['additionalInfo', 'idToken', 'customData']);
});
