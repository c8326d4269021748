import { describe, expect, it } from 'vitest';
import { DeviceModel } from './device-model.ts';
import type { EnergyEvent } from './event.ts';
import { instant, saying, time } from './testing/said.ts';

function taken(...events: readonly EnergyEvent[]): DeviceModel {
  const model = new DeviceModel();
  for (const event of events) model.take(event);
  return model;
}

const place = { component: 'SmartChargingCtrlr', variable: 'Enabled' };
const names = { component: { name: place.component }, variable: { name: place.variable } };

describe('the device model', () => {
  it('has a value that is told late at its time, be it the latest one as well', () => {
    const say = saying('2.1');
    const event = (clock: string, actualValue: string) =>
      say.request('to-csms', 'NotifyEvent', { eventData: [{ ...names, timestamp: time(clock), actualValue }] });
    const model = taken(event('10:00:00', 'A'), event('12:00:00', 'B'), event('09:00:00', 'B'));
    expect(['09:30:00', '11:00:00', '13:00:00'].map((clock) => model.value(place, instant(clock))?.value)).toEqual([
      ...['B', 'A', 'B'],
    ]);
  });

  it('has what reports say, by names in any case, with limits, and apart by EVSE and instance', () => {
    const say = saying('2.1');
    const model = taken(
      say.request('to-csms', 'NotifyReport', {
        reportData: [
          { ...names, variableAttribute: [{ value: 'true' }, { type: 'MaxSet', value: '9' }] },
          {
            component: { name: 'EVSE', evse: { id: 2 } },
            variable: { name: 'Power' },
            variableAttribute: [{ value: '22000' }],
            variableCharacteristics: { minLimit: 0, maxLimit: 50000 },
          },
        ],
      }),
    );
    expect(model.value({ component: 'smartchargingctrlr', variable: 'ENABLED' })).toMatchObject({
      value: 'true',
      entry: 1,
    });
    expect(model.value({ ...place, attribute: 'MaxSet' })?.value).toBe('9');
    expect(model.value({ ...place, variableInstance: 'x' })).toBeUndefined();
    expect(model.value({ component: 'EVSE', variable: 'Power', evseId: 1 })).toBeUndefined();
    expect(model.value({ component: 'EVSE', variable: 'Power', evseId: 2 })?.value).toBe('22000');
    expect(model.limits({ component: 'EVSE', variable: 'Power', evseId: 2 })).toEqual({ min: 0, max: 50000 });
    expect(model.limits(place)).toBeUndefined();
  });

  it('has what was set from when the station accepted it, and nothing that it did not accept', () => {
    const say = saying('2.0.1');
    const set = (value: string, attributeStatus: string) =>
      say.exchange(
        'to-station',
        'SetVariables',
        {
          setVariableData: [
            { component: { name: 'Other' }, variable: { name: 'Other' }, attributeValue: 'o' },
            { ...names, attributeValue: value },
          ],
        },
        // The order of results is the station's own.
        {
          setVariableResult: [
            { ...names, attributeStatus },
            { component: { name: 'Other' }, variable: { name: 'Other' }, attributeStatus: 'Rejected' },
          ],
        },
      );
    const model = taken(...set('a', 'Accepted'), ...set('b', 'Rejected'), ...set('c', 'RebootRequired'));
    expect(model.value(place)).toMatchObject({ value: 'a', entry: 2 });
    expect(model.value({ component: 'Other', variable: 'Other' })).toBeUndefined();
  });

  it('has the value at an instant', () => {
    const say = saying('2.1');
    const get = (attributeValue: string) =>
      say.exchange(
        'to-station',
        'GetVariables',
        {},
        {
          getVariableResult: [{ ...names, attributeStatus: 'Accepted', attributeValue }],
        },
      )[1];
    const [first, second] = [get('1'), get('2')];
    const model = taken(first, second);
    expect(model.value(place, first.at - 1)).toBeUndefined();
    expect(model.value(place, second.at - 1)?.value).toBe('1');
    expect(model.value(place, second.at)?.value).toBe('2');
    const late = { timestamp: time('00:00:00'), actualValue: '0' };
    model.take(say.request('to-csms', 'NotifyEvent', { eventData: [{ ...names, ...late }] }));
    expect(model.value(place, instant('00:00:01'))?.value).toBe('0');
    expect(model.value(place)?.value).toBe('2');
  });

  it('has the keys of 1.6 as they were read and as they were accepted', () => {
    const say = saying('1.6');
    const key = { component: '', variable: 'ChargeProfileMaxStackLevel' };
    const model = taken(
      ...say.exchange(
        'to-station',
        'GetConfiguration',
        {},
        {
          configurationKey: [
            { key: key.variable, readonly: false, value: '10' },
            { key: 'Empty', readonly: true },
          ],
        },
      ),
      ...say.exchange('to-station', 'ChangeConfiguration', { key: key.variable, value: '11' }, { status: 'Rejected' }),
    );
    expect(model.value(key)?.value).toBe('10');
    const change = { key: 'chargeprofilemaxstacklevel', value: '12' };
    for (const event of say.exchange('to-station', 'ChangeConfiguration', change, { status: 'Accepted' }))
      model.take(event);
    expect(model.value(key)?.value).toBe('12');
    expect(model.value({ component: '', variable: 'Empty' })).toBeUndefined();
  });
});
