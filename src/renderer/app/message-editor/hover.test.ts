import { expect, it } from 'vitest';
import type { EditedMessage } from './edited-message.ts';
import { explanationAt } from './hover.ts';

const FRAME: EditedMessage = { version: '2.0.1', direction: 'to-csms', part: 'frame', action: null };
const TEXT = '[2,"id","TransactionEvent",{"eventType":"Started","evse":{"id":1},"meterValue":[{"timestamp":"x"}]}]';
const at = (part: string, message = FRAME) => explanationAt(TEXT, TEXT.indexOf(part) + 2, message);

it('explains a property with its limits and its description, without the names of the data model', () => {
  expect(at('"eventType"')).toMatchObject({ title: 'eventType', limits: 'one of an enumeration, required' });
  expect(at('"eventType"')?.values).toEqual(['Ended', 'Started', 'Updated']);
  expect(at('"id":1')).toMatchObject({
    limits: 'integer, required',
    description: 'EVSE Identifier. This contains a number (> 0) designating an EVSE of the Charging Station.',
  });
  expect(at('"evse"')?.description).toBe('Electric Vehicle Supply Equipment');
  expect(at('"meterValue"')?.limits).toBe('list of at least 1: object');
});

it('explains a value as its property, and the action', () => {
  expect(at('"Started"')).toMatchObject({ title: 'eventType', start: TEXT.indexOf('"Started"') });
  expect(at('"TransactionEvent"')).toMatchObject({ title: 'TransactionEvent', limits: 'CALL, E Transactions' });
});

it('has nothing to say where there is no schema', () => {
  expect(at('"id",')).toBeNull();
  expect(at('"eventType"', { ...FRAME, version: null })).toBeNull();
});
