import type { KeyCandidate } from '../../../ocpp/signed/verify.ts';
import type { Known } from '../known.ts';
import type { SignedValueFacts } from './signed-topic.ts';

/** Public keys that a user gave, by EVSE (connector of 1.6); 0 for every EVSE of the station. */
export type UserKeys = Readonly<Record<number, string>>;

/**
 * The public keys that a signed value may be held against, the message's own first, then one that came with another
 * value of the same transaction (`OncePerTransaction`), then that of the device model, then that of the user.
 */
export function keysOf(
  value: SignedValueFacts,
  transaction: readonly SignedValueFacts[],
  known: Known,
  user: UserKeys,
): readonly KeyCandidate[] {
  const inMessages = [value, ...transaction].flatMap(({ value: signed, entry }) =>
    'fault' in signed || signed.publicKey === '' ? [] : [{ text: signed.publicKey, source: 'message', entry } as const],
  );
  const told = keyOfDeviceModel(value, known);
  const given = user[value.evseId] ?? user[0] ?? '';
  return [
    ...inMessages.slice(0, 1),
    ...(told ? [{ text: told.value, source: 'device model', entry: told.entry } as const] : []),
    ...(given === '' ? [] : [{ text: given, source: 'user' } as const]),
  ];
}

/** `FiscalMetering.PublicKey` of 2.x (4.3.2), or `MeterPublicKey[ConnectorID]` of 1.6 (3.3.1), as it was then. */
function keyOfDeviceModel({ evseId, at }: SignedValueFacts, { version, device }: Known) {
  if (version === '1.6') {
    const place = { component: '', variable: `MeterPublicKey${evseId}` };
    return device.value(place, at) ?? device.value(place);
  }
  // That of the EVSE, else of the meter of the whole station; asked for after the transaction, it is the same key.
  const ofStation = { component: 'FiscalMetering', variable: 'PublicKey' };
  const places = [{ ...ofStation, evseId }, ofStation];
  return places.map((place) => device.value(place, at) ?? device.value(place)).find((found) => found !== undefined);
}
