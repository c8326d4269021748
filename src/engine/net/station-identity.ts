/**
 * The identity of a charging station: the last segment of the path that it opened, percent-decoded (OCPP-J 1.6, 3.1.1;
 * part 4, 3.1.1). An escape that is none stays as it is; a path that ends in a slash has an empty identity.
 */
export function stationIdentity(target: string): string {
  const path = /^[^?#]*/.exec(target)?.[0] ?? '';
  const segment = path.slice(path.lastIndexOf('/') + 1);
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
