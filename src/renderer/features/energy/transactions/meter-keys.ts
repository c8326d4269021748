/** By what the preferences know the public key of a meter. */
export function keyName(station: string, evseId: number): string {
  return `${station} ${evseId}`;
}

/** The keys of a station's meters, by EVSE. */
export function keysOfStation(
  meterKeys: Readonly<Record<string, string>>,
  station: string,
): Readonly<Record<number, string>> {
  const prefix = `${station} `;
  return Object.fromEntries(
    Object.entries(meterKeys).flatMap(([name, key]) => {
      const evseId = name.startsWith(prefix) ? name.slice(prefix.length) : '';
      return /^\d{1,5}$/.test(evseId) ? [[Number(evseId), key]] : [];
    }),
  );
}
