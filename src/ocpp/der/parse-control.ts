import { booleanAt, choiceAt, FieldFault, objectAt, objectsAt, parsed, requiredChoiceAt, timeAt } from '../fields.ts';
import { isJsonObject, type JsonObject } from '../json.ts';
import {
  CONTROL_TYPES,
  type ControlFault,
  type ControlType,
  DER_UNITS,
  type DerControl,
  type DerCurve,
  isFunctionType,
  isTripType,
  type Setting,
} from './control.ts';
import { faultsOf } from './control-faults.ts';
import { finiteAt, requiredFiniteAt } from './finite.ts';

/** A control, or null where it cannot be calculated with, and everything that is wrong with it. */
export interface ParsedControl {
  readonly control: DerControl | null;
  readonly faults: readonly ControlFault[];
}

/** Fields that carry a setting, by what they are called in SetDERControl and in ReportDERControl. */
export const SETTING_FIELDS = [
  'fixedPFAbsorb',
  'fixedPFInject',
  'fixedVar',
  'limitMaxDischarge',
  'freqDroop',
  'enterService',
  'gradient',
  'curve',
] as const;

export type SettingField = (typeof SETTING_FIELDS)[number];

/** The field that belongs to a type: R04.FR.16. */
export function settingFieldOf(type: ControlType): SettingField {
  switch (type) {
    case 'FixedPFAbsorb':
      return 'fixedPFAbsorb';
    case 'FixedPFInject':
      return 'fixedPFInject';
    case 'FixedVar':
      return 'fixedVar';
    case 'LimitMaxDischarge':
      return 'limitMaxDischarge';
    case 'FreqDroop':
      return 'freqDroop';
    case 'EnterService':
      return 'enterService';
    case 'Gradients':
      return 'gradient';
    default:
      return 'curve';
  }
}

/** The control that a SetDERControlRequest carries. */
export function parseSetControl(request: JsonObject): ParsedControl {
  return reading(() => {
    const type = requiredChoiceAt(request, 'controlType', CONTROL_TYPES);
    const field = settingFieldOf(type);
    const isDefault = booleanAt(request, 'isDefault') ?? false;
    const others = SETTING_FIELDS.filter((name) => name !== field && request[name] !== undefined);
    const control = controlOf(request.controlId, type, isDefault, objectAt(request, field));
    return { control, faults: [...mismatch(type, others), ...faultsOf(control)] };
  });
}

/** A control that a ReportDERControlRequest tells of, and whether the station says that it is superseded. */
export interface ReportedControl extends ParsedControl {
  /** Undefined for EnterService and Gradients, which are reported without it. */
  readonly isSuperseded?: boolean;
}

/** Every control in a ReportDERControlRequest. */
export function parseReportedControls(request: JsonObject): readonly ReportedControl[] {
  return SETTING_FIELDS.flatMap((field) => {
    const list = request[field];
    return Array.isArray(list) ? list.filter(isJsonObject).map((item) => parseReported(field, item)) : [];
  });
}

const REPORTED_TYPES = {
  fixedPFAbsorb: 'FixedPFAbsorb',
  fixedPFInject: 'FixedPFInject',
  fixedVar: 'FixedVar',
  limitMaxDischarge: 'LimitMaxDischarge',
  freqDroop: 'FreqDroop',
  enterService: 'EnterService',
  gradient: 'Gradients',
} as const satisfies Record<Exclude<SettingField, 'curve'>, ControlType>;

function parseReported(field: SettingField, item: JsonObject): ReportedControl {
  const result = reading(() => {
    const type = field === 'curve' ? requiredChoiceAt(item, 'curveType', CONTROL_TYPES) : REPORTED_TYPES[field];
    const holder = field === 'fixedPFAbsorb' || field === 'fixedPFInject' ? 'fixedPF' : field;
    // EnterService and Gradients are default controls only (R04.FR.14).
    const isDefault = booleanAt(item, 'isDefault') ?? true;
    const control = controlOf(item.id, type, isDefault, objectAt(item, holder));
    return { control, faults: faultsOf(control) };
  });
  const { isSuperseded } = item;
  return typeof isSuperseded === 'boolean' ? { ...result, isSuperseded } : result;
}

function reading(read: () => ParsedControl): ParsedControl {
  const result = parsed(read);
  return result.ok ? result.value : { control: null, faults: [result.error] };
}

function mismatch(type: ControlType, others: readonly string[]): readonly ControlFault[] {
  if (others.length === 0) return [];
  const sentence = `${others.join(', ')} does not belong to a control of type ${type} (R04.FR.16).`;
  return [{ code: 'R04.FR.16', sentence }];
}

function controlOf(id: unknown, type: ControlType, isDefault: boolean, holder: JsonObject): DerControl {
  if (typeof id !== 'string' || id === '') throw new FieldFault('field', 'The control has no id.');
  return {
    id,
    isDefault,
    priority: requiredFiniteAt(holder, 'priority'),
    start: timeAt(holder, 'startTime'),
    duration: finiteAt(holder, 'duration'),
    setting: settingOf(type, holder),
  };
}

function settingOf(type: ControlType, holder: JsonObject): Setting {
  if (isFunctionType(type) || isTripType(type)) return { type, curve: curveOf(holder) };
  switch (type) {
    case 'FixedPFAbsorb':
    case 'FixedPFInject': {
      const excitation = booleanAt(holder, 'excitation');
      if (excitation === undefined) throw new FieldFault('field', 'excitation is missing.');
      return { type, displacement: requiredFiniteAt(holder, 'displacement'), excitation };
    }
    case 'FixedVar':
      return {
        type,
        setpoint: requiredFiniteAt(holder, 'setpoint'),
        unit: requiredChoiceAt(holder, 'unit', DER_UNITS),
      };
    case 'FreqDroop':
      return {
        type,
        droop: {
          overFreq: requiredFiniteAt(holder, 'overFreq'),
          underFreq: requiredFiniteAt(holder, 'underFreq'),
          overDroop: requiredFiniteAt(holder, 'overDroop'),
          underDroop: requiredFiniteAt(holder, 'underDroop'),
          responseTime: requiredFiniteAt(holder, 'responseTime'),
        },
      };
    case 'LimitMaxDischarge':
      return {
        type,
        percent: finiteAt(holder, 'pctMaxDischargePower'),
        monitoring:
          holder.powerMonitoringMustTrip === undefined
            ? undefined
            : curveOf(objectAt(holder, 'powerMonitoringMustTrip')),
      };
    case 'EnterService':
      return {
        type,
        enterService: {
          highVoltage: requiredFiniteAt(holder, 'highVoltage'),
          lowVoltage: requiredFiniteAt(holder, 'lowVoltage'),
          highFreq: requiredFiniteAt(holder, 'highFreq'),
          lowFreq: requiredFiniteAt(holder, 'lowFreq'),
          delay: finiteAt(holder, 'delay'),
          randomDelay: finiteAt(holder, 'randomDelay'),
          rampRate: finiteAt(holder, 'rampRate'),
        },
      };
    case 'Gradients':
      return {
        type,
        gradient: requiredFiniteAt(holder, 'gradient'),
        softGradient: requiredFiniteAt(holder, 'softGradient'),
      };
  }
}

function curveOf(holder: JsonObject): DerCurve {
  const points = objectsAt(holder, 'curveData').map((point) => ({
    x: requiredFiniteAt(point, 'x'),
    y: requiredFiniteAt(point, 'y'),
  }));
  if (points.length === 0) throw new FieldFault('field', 'The curve has no points.');
  const hysteresis = holder.hysteresis === undefined ? undefined : objectAt(holder, 'hysteresis');
  const voltage = holder.voltageParams === undefined ? undefined : objectAt(holder, 'voltageParams');
  const reactive = holder.reactivePowerParams === undefined ? undefined : objectAt(holder, 'reactivePowerParams');
  return {
    yUnit: requiredChoiceAt(holder, 'yUnit', DER_UNITS),
    points,
    responseTime: finiteAt(holder, 'responseTime'),
    hysteresis: hysteresis && {
      high: finiteAt(hysteresis, 'hysteresisHigh'),
      low: finiteAt(hysteresis, 'hysteresisLow'),
      delay: finiteAt(hysteresis, 'hysteresisDelay'),
      gradient: finiteAt(hysteresis, 'hysteresisGradient'),
    },
    voltageParams: voltage && {
      mean10Minutes: finiteAt(voltage, 'hv10MinMeanValue'),
      mean10MinutesDelay: finiteAt(voltage, 'hv10MinMeanTripDelay'),
      powerDuringCessation: choiceAt(voltage, 'powerDuringCessation', ['Active', 'Reactive']),
    },
    reactivePowerParams: reactive && {
      vRef: finiteAt(reactive, 'vRef'),
      autonomous: booleanAt(reactive, 'autonomousVRefEnable'),
      autonomousTimeConstant: finiteAt(reactive, 'autonomousVRefTimeConstant'),
    },
  };
}
