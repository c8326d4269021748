import type { ScheduleContext } from '../../../ocpp/schedule/context.ts';
import { plain } from '../../words.ts';
import type { Known, VariableValue } from '../known.ts';
import type { Charging } from './charging.ts';
import type { MeasuredAtEvse } from './measured.ts';
import { linked, type Sentence } from './sentence.ts';

/** How an EVSE is supplied, which power and current are converted by, and where that is known from. */
export interface Supply extends Pick<ScheduleContext, 'current' | 'voltage'> {
  readonly phases: number | undefined;
  /** What nobody told is assumed, and said. */
  readonly assumed: boolean;
  readonly sentence: Sentence;
}

/** Nominal voltages between a phase and neutral, and how far a grid may be from them. */
const NOMINAL = [230, 120, 277];
const TOLERANCE = 0.1;
const ASSUMED = { AC: 230, DC: 400 } as const;
/** Samples of the voltage that are looked at. */
const SAMPLES = 200;
const DC_CONNECTOR = /^(cCCS|cG105|cChaoJi|cGBT-DC|cMCS|cUltraChaoJi|Pan$)/i;

/** How an EVSE is supplied around a stretch of time. */
export function supplyOf(
  evseId: number,
  charging: Charging,
  known: Known,
  measured: MeasuredAtEvse,
  { from, to }: { readonly from: number; readonly to: number },
): Supply {
  const needs = charging.ev.needsAt(evseId, to);
  const phasesTold = supplyPhases(evseId, known);
  const connector = known.device.value({ component: 'Connector', variable: 'ConnectorType', evseId, connectorId: 1 });
  const isDc =
    phasesTold?.value === '0' ||
    (phasesTold === undefined &&
      (needs?.transfer?.startsWith('DC') || (connector !== undefined && DC_CONNECTOR.test(connector.value))));
  const current = isDc ? 'DC' : 'AC';
  const phases = phasesTold === undefined ? undefined : Number(phasesTold.value);
  const common = { current, phases: Number.isFinite(phases) ? phases : undefined } as const;
  const middle = median(measured, from, to);
  if (isDc) {
    if (middle)
      return { ...common, voltage: middle.value, assumed: false, sentence: measuredWords(middle, middle.value) };
    if (needs?.maxVoltage) {
      const sentence: Sentence = [linked(`${needs.maxVoltage} V, the most that the EV takes`, needs.entry)];
      return { ...common, voltage: needs.maxVoltage, assumed: true, sentence };
    }
    return {
      ...common,
      voltage: ASSUMED.DC,
      assumed: true,
      sentence: [`${ASSUMED.DC} V, assumed: nothing tells the voltage`],
    };
  }
  if (middle) {
    const nominal = NOMINAL.find((each) => Math.abs(middle.value - each) <= each * TOLERANCE) ?? middle.value;
    return { ...common, voltage: nominal, assumed: false, sentence: measuredWords(middle, nominal) };
  }
  return {
    ...common,
    voltage: ASSUMED.AC,
    assumed: true,
    sentence: [`${ASSUMED.AC} V between a phase and neutral, assumed: no Voltage was measured on EVSE ${evseId}`],
  };
}

/** Of the EVSE, of its connector, or of the station. */
function supplyPhases(evseId: number, { device }: Known): VariableValue | undefined {
  const variable = 'SupplyPhases';
  return (
    device.value({ component: 'EVSE', variable, evseId }) ??
    device.value({ component: 'Connector', variable, evseId, connectorId: 1 }) ??
    device.value({ component: 'ChargingStation', variable })
  );
}

function median(measured: MeasuredAtEvse, from: number, to: number) {
  const near = measured.between('voltage', from, to, SAMPLES).filter(({ value }) => value > 0);
  const latest = measured.latest('voltage', to);
  const values = near.length > 0 ? near : latest && latest.value > 0 ? [latest] : [];
  return values.toSorted((a, b) => a.value - b.value)[values.length >> 1];
}

function measuredWords(middle: { readonly value: number; readonly entry: number }, used: number): Sentence {
  const volts = `${Number(middle.value.toFixed(1))} V`;
  const measured = linked(`measured ${volts}`, middle.entry);
  return used === middle.value
    ? [volts, ', ', measured]
    : [`${plain(String(used), 10)} V, the nominal voltage: `, measured];
}
