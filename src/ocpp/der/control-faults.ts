import type { ControlFault, DerControl, DerCurve, DerUnit, Setting } from './control.ts';

/** What a control that can be calculated with still breaks of the specification. */
export function faultsOf(control: DerControl): readonly ControlFault[] {
  return [...scheduleFaults(control), ...settingFaults(control.setting)];
}

function scheduleFaults({ isDefault, start, duration, setting, id }: DerControl): readonly ControlFault[] {
  const timed = start !== undefined || duration !== undefined;
  if (isDefault) {
    return timed
      ? [fault('R04.FR.12', `The default control ${id} has a startTime or duration, which it cannot have (R04.FR.12).`)]
      : [];
  }
  if (setting.type === 'EnterService' || setting.type === 'Gradients') {
    return [fault('R04.FR.14', `${setting.type} exists as a default control only (R04.FR.14).`)];
  }
  return start === undefined || duration === undefined
    ? [fault('field', `The scheduled control ${id} says not both when it starts and how long it lasts (2.37).`)]
    : [];
}

function settingFaults(setting: Setting): readonly ControlFault[] {
  switch (setting.type) {
    case 'FixedPFAbsorb':
    case 'FixedPFInject':
      return outside(setting.displacement, 0, 1, 'displacement');
    case 'FixedVar':
      return outside(setting.setpoint, -100, 100, 'setpoint');
    case 'LimitMaxDischarge':
      return [
        ...(setting.percent === undefined ? [] : outside(setting.percent, 0, 100, 'pctMaxDischargePower')),
        ...(setting.monitoring ? pointFaults(setting.monitoring) : []),
      ];
    case 'FreqDroop':
      return setting.droop.overDroop > 0 && setting.droop.underDroop > 0
        ? []
        : [fault('field', 'A droop is not greater than zero, so that its slope has no value.')];
    case 'EnterService': {
      const { highFreq, lowFreq, highVoltage, lowVoltage } = setting.enterService;
      return highFreq >= lowFreq && highVoltage >= lowVoltage
        ? []
        : [fault('field', 'A low bound of EnterService is above its high one, so that it can never be met.')];
    }
    case 'Gradients':
      return [];
    default:
      return [
        ...pointFaults(setting.curve),
        ...meanFaults(setting.curve),
        ...hysteresisFaults(setting.curve),
        ...(setting.type === 'VoltVar' ? voltVarFaults(setting.curve) : []),
      ];
  }
}

const VOLT_VAR_UNITS: readonly DerUnit[] = ['PctMaxW', 'PctMaxVar', 'PctVarAvail'];

function voltVarFaults({ yUnit }: DerCurve): readonly ControlFault[] {
  return VOLT_VAR_UNITS.includes(yUnit)
    ? []
    : [
        fault(
          'R04',
          `yUnit of a VoltVar curve is one of ${VOLT_VAR_UNITS.join(', ')} (R04, scenario 4), not ${yUnit}.`,
        ),
      ];
}

function pointFaults({ points }: DerCurve): readonly ControlFault[] {
  return points.length > 10 ? [fault('field', `The curve has ${points.length} points; at most 10 are allowed.`)] : [];
}

function hysteresisFaults({ hysteresis }: DerCurve): readonly ControlFault[] {
  const { high, low } = hysteresis ?? {};
  return high !== undefined && low !== undefined && low > high
    ? [fault('field', 'hysteresisLow is above hysteresisHigh, so that operation never returns to normal (2.59).')]
    : [];
}

function meanFaults({ voltageParams }: DerCurve): readonly ControlFault[] {
  if (!voltageParams) return [];
  const { mean10Minutes, mean10MinutesDelay } = voltageParams;
  return (mean10Minutes === undefined) === (mean10MinutesDelay === undefined)
    ? []
    : [
        fault(
          'field',
          'Of hv10MinMeanValue and hv10MinMeanTripDelay, each is mandatory where the other is set (2.120).',
        ),
      ];
}

function outside(value: number, low: number, high: number, name: string): readonly ControlFault[] {
  return value >= low && value <= high ? [] : [fault('field', `${name} is ${value}, not between ${low} and ${high}.`)];
}

function fault(code: string, sentence: string): ControlFault {
  return { code, sentence };
}
