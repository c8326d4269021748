import type { DerControl, DerCurve, Setting } from '../../../ocpp/der/control.ts';
import { decimal, quantity, secondsText, unitText } from './der-words.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string;
}

/** What a control says, in words; its points are drawn. */
export function parametersOf({ setting }: DerControl): readonly Parameter[] {
  return parametersOfSetting(setting);
}

function parametersOfSetting(setting: Setting): readonly Parameter[] {
  switch (setting.type) {
    case 'FixedPFAbsorb':
    case 'FixedPFInject':
      return [
        parameter('Power factor (cos φ)', decimal(setting.displacement, 4)),
        parameter('Excitation', setting.excitation ? 'under-excited: absorbs' : 'over-excited: injects'),
        parameter(
          'While',
          setting.type === 'FixedPFInject' ? 'active power goes into the grid' : 'active power comes from the grid',
        ),
      ];
    case 'FixedVar':
      return [parameter('Setpoint', `${decimal(setting.setpoint, 3)} ${unitText(setting.unit)}`)];
    case 'FreqDroop': {
      const { overFreq, underFreq, overDroop, underDroop, responseTime } = setting.droop;
      return [
        parameter('Over-frequency from', quantity(overFreq, 'Hz')),
        parameter('Under-frequency from', quantity(underFreq, 'Hz')),
        parameter('Droop over, under', `${percent(overDroop)}, ${percent(underDroop)}`),
        parameter('Open loop response time', secondsText(responseTime)),
      ];
    }
    case 'LimitMaxDischarge':
      return [
        ...optional('Most discharge power', setting.percent, (value) => `${decimal(value, 2)} % of rated`),
        ...(setting.monitoring ? curveParameters(setting.monitoring) : []),
      ];
    case 'EnterService': {
      const { highVoltage, lowVoltage, highFreq, lowFreq, delay, randomDelay, rampRate } = setting.enterService;
      return [
        parameter('Voltage', `${quantity(lowVoltage, 'V')} to ${quantity(highVoltage, 'V')}`),
        parameter('Frequency', `${quantity(lowFreq, 'Hz')} to ${quantity(highFreq, 'Hz')}`),
        ...optional('Delay', delay, secondsText),
        ...optional('Random delay, up to', randomDelay, secondsText),
        ...optional('Ramp', rampRate, secondsText),
      ];
    }
    case 'Gradients':
      return [
        parameter('Default ramp', rampText(setting.gradient)),
        parameter('Soft-start ramp', rampText(setting.softGradient)),
      ];
    default:
      return curveParameters(setting.curve);
  }
}

function curveParameters(curve: DerCurve): readonly Parameter[] {
  const { hysteresis, voltageParams, reactivePowerParams } = curve;
  return [
    parameter('Unit of y', unitText(curve.yUnit)),
    parameter('Points', curve.points.map(({ x, y }) => `(${decimal(x, 3)}; ${decimal(y, 3)})`).join(' ')),
    ...optional('Response time', curve.responseTime, (value) => (value === 0 ? 'no limit' : secondsText(value))),
    ...optional('Normal again below', hysteresis?.high, (value) => decimal(value, 3)),
    ...optional('Normal again above', hysteresis?.low, (value) => decimal(value, 3)),
    ...optional('Delay before normal', hysteresis?.delay, secondsText),
    ...optional('Gradient to normal', hysteresis?.gradient, (value) => `${decimal(value, 3)} %/s`),
    ...optional('10 min mean voltage', voltageParams?.mean10Minutes, (value) => decimal(value, 2)),
    ...optional('10 min mean trip delay', voltageParams?.mean10MinutesDelay, secondsText),
    ...optional('Power during cessation', voltageParams?.powerDuringCessation, String),
    ...optional('VRef', reactivePowerParams?.vRef, (value) => `${decimal(value, 2)} %`),
    ...optional('Autonomous VRef', reactivePowerParams?.autonomous, (value) => (value ? 'on' : 'off')),
    ...optional('VRef time constant', reactivePowerParams?.autonomousTimeConstant, secondsText),
  ];
}

function parameter(name: string, value: string): Parameter {
  return { name, value };
}

function optional<T>(name: string, value: T | undefined, text: (value: T) => string): readonly Parameter[] {
  return value === undefined ? [] : [parameter(name, text(value))];
}

function percent(perUnit: number): string {
  return `${decimal(perUnit * 100, 2)} %`;
}

function rampText(seconds: number): string {
  return seconds === 0 ? 'not applicable' : `${secondsText(seconds)} for all of rated power`;
}
