import type { JsonObject } from '../../../ocpp/json.ts';
import type { EvseKind } from '../../../ocpp/tariff/tariff.ts';
import { objectOf, objectsOf, textOf } from '../event-fields.ts';
import type { Known } from '../known.ts';

/** How an ad hoc transaction was paid, as `idToken.additionalInfo` says (TariffConditionsType). */
export interface Payment {
  readonly paymentBrand?: string;
  readonly paymentRecognition?: string;
}

/** What an id token says of the payment; undefined where it says nothing. */
export function paymentOf(idToken: JsonObject | undefined): Payment | undefined {
  const infos = objectsOf(idToken, 'additionalInfo');
  const value = (type: string) =>
    textOf(
      infos.find((info) => textOf(info, 'type') === type),
      'additionalIdToken',
    );
  const [paymentBrand, paymentRecognition] = [value('PaymentBrand'), value('PaymentRecognition')];
  if (paymentBrand === undefined && paymentRecognition === undefined) return undefined;
  return { ...(paymentBrand && { paymentBrand }), ...(paymentRecognition && { paymentRecognition }) };
}

/** AC or DC by what the EV asked for in NotifyEVChargingNeeds. */
export function kindOfTransfer(request: JsonObject): EvseKind | undefined {
  const transfer = textOf(objectOf(request, 'chargingNeeds'), 'requestedEnergyTransfer');
  if (transfer?.startsWith('DC')) return 'DC';
  return transfer?.startsWith('AC') ? 'AC' : undefined;
}

/** AC or DC by the device model: SupplyPhases is 1 or 3 for AC and 0 for DC. */
export function kindOfEvse(known: Known, evseId: number): EvseKind | undefined {
  for (const component of ['EVSE', 'Connector']) {
    const phases = known.device.value({ component, variable: 'SupplyPhases', evseId })?.value;
    if (phases === '0') return 'DC';
    if (phases === '1' || phases === '2' || phases === '3') return 'AC';
  }
  return undefined;
}
