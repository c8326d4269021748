import { expect, expectTypeOf, it } from 'vitest';
import type { CallTowards, SendTowards } from './action-names.ts';
import { actionsOf } from './actions.ts';
import type { CallActionName } from './messages.ts';
import { OCPP_VERSIONS } from './version.ts';

it('knows at compile time which actions go which way', () => {
  expectTypeOf<CallTowards<'to-csms', '1.6'>>().toEqualTypeOf<
    | 'Authorize'
    | 'BootNotification'
    | 'DataTransfer'
    | 'DiagnosticsStatusNotification'
    | 'FirmwareStatusNotification'
    | 'Heartbeat'
    | 'LogStatusNotification'
    | 'MeterValues'
    | 'SecurityEventNotification'
    | 'SignCertificate'
    | 'SignedFirmwareStatusNotification'
    | 'StartTransaction'
    | 'StatusNotification'
    | 'StopTransaction'
  >();
  expectTypeOf<'BatterySwap'>().toExtend<CallTowards<'to-csms', '2.1'>>();
  expectTypeOf<'BatterySwap'>().not.toExtend<CallTowards<'to-csms', '2.0.1'>>();
  expectTypeOf<'Reset'>().not.toExtend<CallTowards<'to-csms', '2.1'>>();
  expectTypeOf<SendTowards<'to-csms', '2.1'>>().toEqualTypeOf<'NotifyPeriodicEventStream'>();
  expectTypeOf<SendTowards<'to-csms', '2.0.1'>>().toBeNever();
  expect(OCPP_VERSIONS.map((version) => actionsOf(version).size)).toEqual([39, 64, 91]);
});

it('agrees with the schemas on the names', () => {
  expectTypeOf<CallTowards<'to-csms', '1.6'> | CallTowards<'to-station', '1.6'>>().toEqualTypeOf<
    CallActionName<'1.6'>
  >();
  expectTypeOf<CallTowards<'to-csms', '2.0.1'> | CallTowards<'to-station', '2.0.1'>>().toEqualTypeOf<
    CallActionName<'2.0.1'>
  >();
  expectTypeOf<CallTowards<'to-csms', '2.1'> | CallTowards<'to-station', '2.1'>>().toEqualTypeOf<
    CallActionName<'2.1'>
  >();
});
