import { type DerControl, isFunctionType, isTripType, type Setting } from '../../../ocpp/der/control.ts';
import { droopView } from './droop-view.ts';
import { fixedView } from './fixed-view.ts';
import { functionView } from './function-view.ts';
import { withMean } from './mean-view.ts';
import { enterServiceView, gradientView } from './service-view.ts';
import type { ControlView, Situation } from './situation.ts';
import { tripView } from './trip-view.ts';

type CurveSetting = Extract<Setting, { readonly curve: unknown }>;

/** What there is to say and to draw of a control. */
export function controlView({ setting }: DerControl, situation: Situation): ControlView {
  switch (setting.type) {
    case 'FreqDroop':
      return droopView(setting.droop, situation);
    case 'EnterService':
      return enterServiceView(setting.enterService, situation);
    case 'Gradients':
      return gradientView(setting.gradient, setting.softGradient);
    case 'LimitMaxDischarge':
      return setting.monitoring
        ? tripView('PowerMonitoringMustTrip', setting.monitoring, situation, setting.percent)
        : fixedView(setting, situation);
    case 'FixedPFAbsorb':
    case 'FixedPFInject':
    case 'FixedVar':
      return fixedView(setting, situation);
    default:
      return withMean(curveView(setting, situation), setting.curve, situation);
  }
}

function curveView({ type, curve }: CurveSetting, situation: Situation): ControlView {
  if (isFunctionType(type)) return functionView(type, curve, situation);
  return isTripType(type) ? tripView(type, curve, situation) : { verdict: null, notes: [], shape: () => null };
}
