import { type DerControl, isFunctionType, isTripType } from '../../../ocpp/der/control.ts';
import { droopView } from './droop-view.ts';
import { fixedView } from './fixed-view.ts';
import { functionView } from './function-view.ts';
import { enterServiceView, gradientView } from './service-view.ts';
import type { ControlView, Situation } from './situation.ts';
import { tripView } from './trip-view.ts';

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
      if (isFunctionType(setting.type)) return functionView(setting.type, setting.curve, situation);
      if (isTripType(setting.type)) return tripView(setting.type, setting.curve, situation);
      return { verdict: null, notes: [], shape: () => null };
  }
}
