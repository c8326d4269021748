/** The OCPP versions spoken here, oldest first. The only place where they are listed. */
export const OCPP_VERSIONS = ['1.6', '2.0.1', '2.1'] as const;

export type OcppVersion = (typeof OCPP_VERSIONS)[number];

/** WebSocket subprotocol names as registered with IANA (OCPP-J 3.1.2, part 4 table 1). */
export const SUBPROTOCOL_OF = {
  '1.6': 'ocpp1.6',
  '2.0.1': 'ocpp2.0.1',
  '2.1': 'ocpp2.1',
} as const satisfies Record<OcppVersion, string>;

const VERSION_OF = new Map<string, OcppVersion>(OCPP_VERSIONS.map((version) => [SUBPROTOCOL_OF[version], version]));

/** The version that a subprotocol name stands for, or undefined for one that is not spoken here. */
export function versionOfSubprotocol(name: string): OcppVersion | undefined {
  return VERSION_OF.get(name);
}

/** Whether `text` names a version that is spoken here. */
export function isOcppVersion(text: string): text is OcppVersion {
  return (OCPP_VERSIONS as readonly string[]).includes(text);
}

/**
 * The newest version that both sides speak, which is what a CSMS here chooses whatever the order of
 * the offer; undefined where they have none in common.
 */
export function newestCommonVersion(
  offered: readonly string[],
  supported: readonly OcppVersion[] = OCPP_VERSIONS,
): OcppVersion | undefined {
  return OCPP_VERSIONS.findLast((version) => supported.includes(version) && offered.includes(SUBPROTOCOL_OF[version]));
}
