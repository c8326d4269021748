import { expect, it } from 'vitest';
import { createInterpretingValidator } from '../../../ocpp/interpreting-validator.ts';
import { checkMessage } from '../../app/message-editor/check-message.ts';
import { sentencesByPointer, violationsOfVariables, withoutVariables } from './revise.ts';

const validator = createInterpretingValidator();
const TEXT = '{"evseId":"{{now}}","type":"{{uuid}}","customData":{"vendorId":7}}';
const RESOLVED = { evseId: '2026-11-20T09:00:00Z', type: 'x', customData: { vendorId: 7 } };

it('finds nothing wrong with variables before they are replaced, and everything else', () => {
  const message = { version: '2.1', direction: 'to-station', part: 'request', action: 'Reset' } as const;
  const checked = withoutVariables(TEXT, checkMessage(TEXT, message));
  expect(checked.findings.map(({ pointer }) => pointer)).toEqual(['/customData/vendorId']);
  expect(checked.places).toHaveLength(1);
  const plain = '{"type":"x"}';
  expect(withoutVariables(plain, checkMessage(plain, message)).findings).toHaveLength(1);
});

it('tells the violations where a variable stood from the others', () => {
  const violations = validator.validate('2.1', 'Reset', 'request', RESOLVED);
  expect(violations).toHaveLength(3);
  expect(violationsOfVariables(TEXT, violations).map(({ pointer }) => pointer)).toEqual(['/type', '/evseId']);
  expect(violationsOfVariables('{"type":"x"}', violations)).toEqual([]);
});

it('joins the sentences about one place', () => {
  const [first] = validator.validate('2.1', 'Reset', 'request', { type: 'x' });
  if (!first) throw new Error('no violation');
  const sentences = sentencesByPointer([first, { ...first, sentence: 'And more.' }]);
  expect(sentences.get('/type')).toBe(`${first.sentence} And more.`);
});
