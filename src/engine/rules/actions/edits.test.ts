import { describe, expect, it } from 'vitest';
import type { RuleAction } from '../../../workspace/rule-action.ts';
import { forwarded, frameOf, ruleOf, rulesAtWork, verdictOf } from '../testing/frames.ts';

/** As a station with a formatter of its own might send it; digits and spaces must survive. */
const ODD =
  '[ 2, "m-1" ,"MeterValues",{ "evseId": 1.0 , "big":12345678901234567890, "list":[ 1e2,2 ], "t":"\\u00e9" } ]';

const set = (pointer: string, value: Extract<RuleAction, { kind: 'set' }>['value']): RuleAction => ({
  kind: 'set',
  pointer,
  value,
});

describe('set', () => {
  it('replaces one value and leaves every other byte', () => {
    expect(forwarded(verdictOf(set('/evseId', 2), frameOf(ODD)))).toEqual([ODD.replace('1.0', '2')]);
    expect(forwarded(verdictOf(set('/list/0', null), frameOf(ODD)))).toEqual([ODD.replace('1e2', 'null')]);
  });

  it('adds what is missing, with the objects on the way to it, behind what is there', () => {
    expect(forwarded(verdictOf(set('/customData/vendorId', 'me'), frameOf('[2,"1","Heartbeat",{}]')))).toEqual([
      '[2,"1","Heartbeat",{"customData":{"vendorId":"me"}}]',
    ]);
    expect(forwarded(verdictOf(set('/list/-', 'x'), frameOf(ODD)))).toEqual([ODD.replace('1e2,2', '1e2,2,"x"')]);
  });

  it('replaces the whole payload, of an answer and of an error as well', () => {
    expect(forwarded(verdictOf(set('', { a: 1 }), frameOf('[3,"1",{"b":2}]')))).toEqual(['[3,"1",{"a":1}]']);
    expect(forwarded(verdictOf(set('/why', 'x'), frameOf('[4,"1","GenericError","",{}]')))).toEqual([
      '[4,"1","GenericError","",{"why":"x"}]',
    ]);
  });

  it('puts values of variables in, of a field with all its digits', () => {
    const frame = frameOf(ODD);
    expect(forwarded(verdictOf(set('/evseId', '{{payload.big}}'), frame))).toEqual([
      ODD.replace('1.0', '12345678901234567890'),
    ]);
    expect(forwarded(verdictOf(set('/evseId', '{{station}}: {{payload.list[1]}} at {{now}}'), frame))).toEqual([
      ODD.replace('1.0', '"CS-1: 2 at 2026-11-20T09:05:01.203Z"'),
    ]);
    expect(forwarded(verdictOf(set('/evseId', '{{{{now}}'), frame))).toEqual([ODD.replace('1.0', '"{{now}}"')]);
  });

  it('takes a field of the request into its answer', () => {
    const request = { action: 'Authorize', text: '[2,"1","Authorize",{"idTag":"ABC"}]' };
    const frame = frameOf('[3,"1",{"idTagInfo":{"status":"Accepted"}}]', { request, version: '1.6' });
    expect(forwarded(verdictOf(set('/idTagInfo/parentIdTag', '{{request.idTag}}'), frame))).toEqual([
      '[3,"1",{"idTagInfo":{"status":"Accepted","parentIdTag":"ABC"}}]',
    ]);
  });

  it('does not fire where there is nothing to set or to take', () => {
    for (const action of [set('/list/7', 1), set('/t/x', 1), set('/evseId', '{{payload.none}}')]) {
      expect(verdictOf(action, frameOf(ODD))).toBeUndefined();
    }
  });

  it('works beside what is nested deeply', () => {
    const text = `[2,"1","X",{"deep":${'['.repeat(50_000)}${']'.repeat(50_000)},"a":1}]`;
    expect(forwarded(verdictOf(set('/a', 2), frameOf(text)))).toEqual([text.replace('"a":1', '"a":2')]);
  });

  it('changes the last of two properties of the same name, which is the one that readers take', () => {
    expect(forwarded(verdictOf(set('/a', 3), frameOf('[2,"1","X",{"a":1,"a":2}]')))).toEqual([
      '[2,"1","X",{"a":1,"a":3}]',
    ]);
  });
});

describe('remove', () => {
  const remove = (pointer: string): RuleAction => ({ kind: 'remove', pointer });

  it('takes a property or an item out, first, middle or last', () => {
    const frame = frameOf('[2,"1","X",{ "a":1, "b":[1,2,3], "c":3 }]');
    const results = ['/a', '/b', '/c', '/b/0', '/b/1', '/b/2'].map(
      (pointer) => forwarded(verdictOf(remove(pointer), frame))[0],
    );
    expect(results).toEqual([
      '[2,"1","X",{ "b":[1,2,3], "c":3 }]',
      '[2,"1","X",{ "a":1, "c":3 }]',
      '[2,"1","X",{ "a":1, "b":[1,2,3] }]',
      '[2,"1","X",{ "a":1, "b":[2,3], "c":3 }]',
      '[2,"1","X",{ "a":1, "b":[1,3], "c":3 }]',
      '[2,"1","X",{ "a":1, "b":[1,2], "c":3 }]',
    ]);
  });

  it('takes every property of that name, so that none comes to light', () => {
    expect(forwarded(verdictOf(remove('/a'), frameOf('[2,"1","X",{"a":1,"b":2,"a":3}]')))).toEqual([
      '[2,"1","X",{"b":2}]',
    ]);
  });

  it('does not fire where there is none, nor for the payload itself', () => {
    for (const pointer of ['/z', '/a/b', ''])
      expect(verdictOf(remove(pointer), frameOf('[2,"1","X",{"a":1}]'))).toBeUndefined();
  });
});

describe('patch', () => {
  it('does all of its operations, or none', () => {
    const frame = frameOf('[2,"1","X",{"a":1.0,"b":{"c":[1,2]}}]');
    const patch = (...operations: Extract<RuleAction, { kind: 'patch' }>['operations']): RuleAction => ({
      kind: 'patch',
      operations,
    });
    const good = patch(
      { op: 'test', path: '/b/c/1', value: 2 },
      { op: 'move', from: '/a', path: '/b/d' },
      { op: 'copy', from: '/b/d', path: '/b/c/0' },
      { op: 'add', path: '/b/c/-', value: 'x' },
    );
    expect(forwarded(verdictOf(good, frame))).toEqual(['[2,"1","X",{"b":{"c":[1.0,1,2,"x"],"d":1.0}}]']);
    expect(verdictOf(patch({ op: 'remove', path: '/a' }, { op: 'test', path: '/b', value: 1 }), frame)).toBeUndefined();
  });
});

describe('edits that change nothing', () => {
  it('fire, and the message goes on as it came', () => {
    const put = (value: number): RuleAction => set('/a', value);
    const frame = frameOf('[2,"1","X",{"a":1}]');
    expect(verdictOf(put(1), frame)).toMatchObject({ forward: ['same'], fired: [{ id: 'rule' }] });
    const back = rulesAtWork([ruleOf(put(2), { id: 'there' }), ruleOf(put(1), { id: 'and back' })]).judge(frame);
    expect(back?.forward).toEqual(['same']);
    expect(back?.fired).toHaveLength(2);
  });
});

describe('edits of odd frames', () => {
  const actions: RuleAction[] = [
    set('/a', 1),
    { kind: 'remove', pointer: '/a' },
    { kind: 'patch', operations: [{ op: 'add', path: '/a', value: 1 }] },
  ];
  const frames = {
    'not JSON': frameOf('[2,"1","X",{"a":1}'),
    'no array': frameOf('{"a":1}'),
    'no payload': frameOf('[2,"1","X"]'),
    'a payload of null': frameOf('[2,"1","X",null]'),
    'a payload that is a list': frameOf('[2,"1","X",["b"]]'),
    'a message type that nobody knows': frameOf('[9,"1","X",{"a":1}]'),
    binary: frameOf(Buffer.from('[2,"1","X",{"a":1}]'), { binary: true }),
    'no UTF-8': frameOf(Buffer.from([0x5b, 0xff, 0x5d])),
    empty: frameOf(''),
    'nested deeper than is read': frameOf(`[2,"1","X",{"a":${'['.repeat(250_000)}${']'.repeat(250_000)}}]`),
  };

  it.each(Object.entries(frames))('leave a frame that is %s alone', (_, frame) => {
    for (const action of actions) expect(verdictOf(action, frame)).toBeUndefined();
  });

  it('feed the rule after them, filter and all', () => {
    const rules = rulesAtWork([
      ruleOf(set('/status', 'Faulted'), { id: 'a', name: 'Fault' }),
      ruleOf(
        { kind: 'remove', pointer: '/connectorId' },
        { id: 'b', name: 'No connector', filter: 'payload.status == "Faulted" and edited' },
      ),
      ruleOf(set('/status', 'x'), { id: 'c', filter: 'payload.status == "Available"' }),
    ]);
    const verdict = rules.judge(frameOf('[2,"1","StatusNotification",{"status":"Available","connectorId":1}]'));
    expect(forwarded(verdict)).toEqual(['[2,"1","StatusNotification",{"status":"Faulted"}]']);
    expect(verdict?.fired).toEqual([
      { id: 'a', name: 'Fault' },
      { id: 'b', name: 'No connector' },
    ]);
  });
});
