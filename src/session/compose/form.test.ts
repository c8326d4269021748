import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schemaOf, schemasOf } from '../../ocpp/official-schemas.ts';
import { template } from '../../ocpp/template.ts';
import { OCPP_VERSIONS } from '../../ocpp/version.ts';
import { added, itemAdded, removed, typed } from './edit.ts';
import { type FormField, formOf } from './form.ts';

const NOW = '2026-11-20T09:30:00.000Z';
const SCHEMA = schemaOf('2.1', 'TransactionEvent', 'request') ?? {};
const DOCUMENT = `{
  "eventType" : "Started",   "seqNo":1.0,
  "vendors": {"own": [1, "two"]},
  "timestamp": "{{now}}",
  "evse": { "id": "{{last payload.evse.id}}", "connectorId": true }
}`;

function all(field: FormField): FormField[] {
  return [field, ...field.children.flatMap(all)];
}

function at(document: string, pointer: string, schema = SCHEMA): FormField {
  const form = formOf(schema, document);
  const field = form && all(form).find((one) => one.pointer === pointer);
  if (!field) throw new Error(`no field ${pointer}`);
  return field;
}

describe('formOf', () => {
  it('shows what stands there, known or not, and what could', () => {
    const field = (pointer: string) => {
      const { kind, required, written, schema } = at(DOCUMENT, pointer);
      return [kind, required, written?.text, schema !== undefined];
    };
    expect(field('/eventType')).toEqual(['choice', true, 'Started', true]);
    expect(field('/seqNo')).toEqual(['number', true, '1.0', true]);
    expect(field('/timestamp')).toEqual(['time', true, '{{now}}', true]);
    expect(field('/triggerReason')).toEqual(['choice', true, undefined, true]);
    expect(field('/meterValue')).toEqual(['list', false, undefined, true]);
    expect(field('/evse/connectorId')).toEqual(['number', false, 'true', true]);
    expect(field('/vendors/own/1')).toEqual(['json', true, 'two', false]);
    expect(at(DOCUMENT, '/vendors').kind).toBe('object');
  });

  it('has none where the text is no JSON object', () => {
    for (const text of ['', '{', '[]', '{"a":1,}', 'null', '{"a":1} x']) {
      expect(formOf(SCHEMA, text), text).toBeUndefined();
    }
  });

  it('covers every message of every version', () => {
    for (const version of OCPP_VERSIONS) {
      for (const { name, schema } of schemasOf(version)) {
        const payload = template(schema, { fill: 'everything', now: NOW });
        const form = formOf(schema, JSON.stringify(payload));
        const leaves = form ? all(form).filter(({ children }) => children.length === 0) : [];
        expect(
          leaves.every(({ schema: part, written }) => part && (written || leaves.length === 1)),
          name,
        ).toBe(true);
      }
    }
  });
});

describe('edits', () => {
  it('changes one value and nothing else, to the character', () => {
    const [before, after] = DOCUMENT.split('1.0');
    expect(typed(DOCUMENT, at(DOCUMENT, '/seqNo'), '1.05')).toBe(`${before}1.05${after}`);
    expect(typed(DOCUMENT, at(DOCUMENT, '/seqNo'), '1.')).toBe(`${before}"1."${after}`);
    expect(typed(DOCUMENT, at(DOCUMENT, '/seqNo'), '{{transactionId}}')).toBe(`${before}"{{transactionId}}"${after}`);
    expect(typed(DOCUMENT, at(DOCUMENT, '/vendors/own/1'), '[2]')).toBe(DOCUMENT.replace('"two"', '[2]'));
    expect(typed(DOCUMENT, at(DOCUMENT, '/eventType'), '7')).toBe(DOCUMENT.replace('"Started"', '"7"'));
  });

  it('shows afterwards what was typed, in every field and whatever it is', () => {
    const fields = all(at(DOCUMENT, '')).filter(({ written, children }) => written && children.length === 0);
    fc.assert(
      fc.property(fc.constantFrom(...fields), fc.string(), (field, text) => {
        if (field.kind === 'json') fc.pre(!isJson(text));
        expect(at(typed(DOCUMENT, field, text), field.pointer).written?.text).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('adds a property in the order of the schema, filled with what it needs, and removes it again', () => {
    const parent = at(DOCUMENT, '');
    const more = added(DOCUMENT, parent, at(DOCUMENT, '/meterValue'), SCHEMA, NOW);
    expect(JSON.parse(more).meterValue).toEqual([{ sampledValue: [{ value: 1 }], timestamp: NOW }]);
    expect(Object.keys(JSON.parse(more))).toEqual(['eventType', 'meterValue', 'seqNo', 'vendors', 'timestamp', 'evse']);
    expect(JSON.parse(removed(more, at(more, '/meterValue')))).toEqual(JSON.parse(DOCUMENT));
    expect(more).toContain('1.0,\n  "vendors": {"own": [1, "two"]},');
    const empty = added('{}', at('{}', ''), at('{}', '/seqNo'), SCHEMA, NOW);
    expect(JSON.parse(empty)).toEqual({ seqNo: 1 });
  });

  it('adds items at the end of a list and removes any', () => {
    const list = added(DOCUMENT, at(DOCUMENT, ''), at(DOCUMENT, '/meterValue'), SCHEMA, NOW);
    const two = itemAdded(list, at(list, '/meterValue'), SCHEMA, NOW);
    expect(JSON.parse(two).meterValue).toHaveLength(2);
    const first = removed(typed(two, at(two, '/meterValue/1/timestamp'), '{{now}}'), at(two, '/meterValue/0'));
    expect(JSON.parse(first).meterValue).toEqual([{ sampledValue: [{ value: 1 }], timestamp: '{{now}}' }]);
    expect(JSON.parse(itemAdded('{"meterValue":[]}', at('{"meterValue":[]}', '/meterValue'), SCHEMA, NOW))).toEqual({
      meterValue: [{ sampledValue: [{ value: 1 }], timestamp: NOW }],
    });
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
