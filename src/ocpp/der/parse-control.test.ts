import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { CONTROL_TYPES } from './control.ts';
import { conflictsAmong } from './decides.ts';
import { parseReportedControls, parseSetControl, settingFieldOf } from './parse-control.ts';
import { voltWattRequest } from './testing/controls.ts';

const curve = { priority: 1, yUnit: 'PctMaxVar', curveData: [{ x: 230, y: 0 }] };

const SETTINGS: JsonObject = {
  curve,
  fixedPFAbsorb: { priority: 1, displacement: 0.95, excitation: true },
  fixedPFInject: { priority: 1, displacement: 0.95, excitation: false },
  fixedVar: { priority: 1, setpoint: 10, unit: 'PctMaxVar' },
  limitMaxDischarge: { priority: 1, pctMaxDischargePower: 50, powerMonitoringMustTrip: curve },
  freqDroop: { priority: 1, overFreq: 50.2, underFreq: 49.8, overDroop: 0.05, underDroop: 0.05, responseTime: 2 },
  enterService: { priority: 1, highVoltage: 253, lowVoltage: 207, highFreq: 50.1, lowFreq: 49.9, delay: 60 },
  gradient: { priority: 1, gradient: 10, softGradient: 20 },
};

function requestOf(controlType: string, more: JsonObject): JsonObject {
  return { isDefault: true, controlId: 'c', controlType, ...more };
}

function codesOf(request: JsonObject): readonly string[] {
  return parseSetControl(request).faults.map((fault) => fault.code);
}

describe('SetDERControlRequest', () => {
  test.each(CONTROL_TYPES)('%s with the field that belongs to it (R04.FR.16)', (type) => {
    const field = settingFieldOf(type);
    const parsed = parseSetControl(requestOf(type, { [field]: SETTINGS[field] ?? null }));
    expect(parsed).toMatchObject({ faults: [], control: { id: 'c', priority: 1, setting: { type } } });
  });

  test.each<[string, JsonObject, string]>([
    ['a default with a start', voltWattRequest('c', { isDefault: true, start: 0 }), 'R04.FR.12'],
    ['EnterService that is scheduled', { ...requestOf('EnterService', SETTINGS), isDefault: false }, 'R04.FR.14'],
    ['two settings', requestOf('FixedVar', { fixedVar: SETTINGS.fixedVar ?? null, curve }), 'R04.FR.16'],
    ['a scheduled one without a start', voltWattRequest('c', { duration: 5 }), 'field'],
    ['VoltVar in PctMaxW of voltage', requestOf('VoltVar', { curve: { ...curve, yUnit: 'PctEffectiveV' } }), 'R04'],
    ['a setting that is missing', requestOf('FixedVar', {}), 'field'],
    ['a curve without points', requestOf('VoltVar', { curve: { ...curve, curveData: [] } }), 'field'],
    ['a number beyond all', requestOf('VoltVar', { curve: { ...curve, priority: Number.POSITIVE_INFINITY } }), 'field'],
    ['a type that is unknown', requestOf('VoltAmpere', { curve }), 'field'],
  ])('%s', (_, request, code) => {
    expect(codesOf(request)).toContain(code);
  });

  test('a fault of the schedule leaves a control to calculate with, one of a field leaves none', () => {
    expect(parseSetControl(voltWattRequest('c', { duration: 5 })).control).not.toBeNull();
    expect(parseSetControl(requestOf('FixedVar', {})).control).toBeNull();
  });
});

test('ReportDERControlRequest tells of controls of every kind', () => {
  const meta = { id: 'r', isDefault: false, isSuperseded: true };
  const reported = parseReportedControls({
    requestId: 1,
    curve: [{ ...meta, curveType: 'VoltVar', curve }],
    fixedPFAbsorb: [{ ...meta, fixedPF: SETTINGS.fixedPFAbsorb ?? null }],
    gradient: [{ id: 'g', gradient: SETTINGS.gradient ?? null }],
    freqDroop: [{ ...meta, freqDroop: {} }, 7],
  });
  expect(reported.map((each) => [each.control?.setting.type, each.isSuperseded])).toEqual([
    ['FixedPFAbsorb', true],
    [undefined, true],
    ['Gradients', undefined],
    ['VoltVar', true],
  ]);
  expect(reported[2]?.control?.isDefault).toBe(true);
});

test('which types can contradict each other', () => {
  expect(conflictsAmong(['FixedPFAbsorb', 'FixedPFInject', 'VoltWatt', 'LimitMaxDischarge'])).toEqual([]);
  expect(conflictsAmong(['VoltVar', 'FixedVar', 'FreqDroop'])).toEqual([['VoltVar', 'FixedVar']]);
  expect(conflictsAmong(['FreqWatt', 'FreqDroop'])).toEqual([['FreqWatt', 'FreqDroop']]);
});
