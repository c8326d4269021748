import { describe, expect, expectTypeOf, it } from 'vitest';
import type { JsonObject, JsonValue } from './json.ts';
import type { ActionName, CallActionName, RequestOf, ResponseOf } from './messages.ts';

describe('typed messages', () => {
  it('has the types of the schemas', () => {
    expectTypeOf<RequestOf<'1.6', 'Authorize'>>().toEqualTypeOf<{ idTag: string }>();
    expectTypeOf<ResponseOf<'1.6', 'Heartbeat'>['currentTime']>().toEqualTypeOf<string>();
    expectTypeOf<RequestOf<'2.0.1', 'Reset'>['type']>().toEqualTypeOf<'Immediate' | 'OnIdle'>();
    expectTypeOf<RequestOf<'2.1', 'Reset'>['type']>().toEqualTypeOf<'Immediate' | 'OnIdle' | 'ImmediateAndResume'>();
    expectTypeOf<RequestOf<'2.1', 'DataTransfer'>['data']>().toEqualTypeOf<JsonValue | undefined>();
  });

  it('knows which actions a version has, and which of them are answered', () => {
    expectTypeOf<'TransactionEvent'>().not.toExtend<ActionName<'1.6'>>();
    expectTypeOf<'AFRRSignal'>().not.toExtend<ActionName<'2.0.1'>>();
    expectTypeOf<'NotifyPeriodicEventStream'>().toExtend<ActionName<'2.1'>>();
    expectTypeOf<'NotifyPeriodicEventStream'>().not.toExtend<CallActionName<'2.1'>>();
    expectTypeOf<ResponseOf<'2.1', 'NotifyPeriodicEventStream'>>().toBeNever();
  });

  it('takes a typed payload as a JSON object', () => {
    expectTypeOf<RequestOf<'2.1', 'TransactionEvent'>>().toExtend<JsonObject>();
    expectTypeOf<ResponseOf<'2.0.1', 'BootNotification'>>().toExtend<JsonObject>();
    const heartbeat: RequestOf<'1.6', 'Heartbeat'> = {};
    const payload: JsonObject = heartbeat;
    expect(payload).toEqual({});
  });

  it('refuses what additionalProperties: false excludes', () => {
    // @ts-expect-error: an empty request takes no property
    const heartbeat: RequestOf<'1.6', 'Heartbeat'> = { idTag: 'X' };
    // @ts-expect-error: no such property
    const authorize: RequestOf<'1.6', 'Authorize'> = { idTag: 'X', evse: 1 };
    expect([heartbeat, authorize]).toHaveLength(2);
  });
});
