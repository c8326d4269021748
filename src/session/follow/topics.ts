import type { PathStep } from '../filter/ast.ts';

/** The generations of OCPP whose messages name things alike: 2.1 is 2.0.1 plus additions. */
export type Generation = '1.6' | '2';

/** What messages can have in common, so that one leads to the next. */
export const FOLLOW_TOPICS = [
  'transaction',
  'evse',
  'connector',
  'remote-start',
  'request',
  'reservation',
  'charging-profile',
  'display-message',
  'monitor',
  'event-stream',
  'der-control',
  'tariff',
  'id-token',
] as const;
export type FollowTopic = (typeof FOLLOW_TOPICS)[number];

/** Which side of an exchange a place is in. */
export type Side = 'request' | 'response';

/** A place in a payload where something is named. */
export interface NamingPlace {
  readonly side: Side;
  readonly path: readonly PathStep[];
  /** The same path means something else in other actions; undefined where it means this wherever it stands. */
  readonly actions: readonly string[] | undefined;
}

/** The messages that share one numbering, and where they name its things. */
export interface FollowFamily {
  readonly topic: FollowTopic;
  /** Name of the family among those of the topic; empty where there is one alone. */
  readonly name: string;
  /** How a thing is called, such as `Transaction` or `Report request`. */
  readonly words: string;
  readonly places: readonly NamingPlace[];
}

/** Places as they are written below: `request` and `response` paths, where needed behind the actions they hold for. */
type Written = readonly (string | readonly [actions: string, path: string])[];

const FAMILIES_1_6: readonly FollowFamily[] = [
  family('transaction', '', 'Transaction', [
    'request.transactionId',
    'response.transactionId',
    'request.chargingProfile.transactionId',
    'request.csChargingProfiles.transactionId',
  ]),
  family('connector', '', 'Connector', ['request.connectorId', 'response.connectorId']),
  requests('log', 'Log request', 'GetLog LogStatusNotification'),
  requests('firmware', 'Firmware request', 'SignedUpdateFirmware SignedFirmwareStatusNotification'),
  family('reservation', '', 'Reservation', ['request.reservationId']),
  family('charging-profile', '', 'Charging profile', [
    'request.chargingProfile.chargingProfileId',
    'request.csChargingProfiles.chargingProfileId',
    ['ClearChargingProfile', 'request.id'],
  ]),
  family('id-token', '', 'idTag', ['request.idTag', 'request.localAuthorizationList[*].idTag']),
];

const FAMILIES_2: readonly FollowFamily[] = [
  family('transaction', '', 'Transaction', [
    'request.transactionInfo.transactionId',
    'request.transactionId',
    'response.transactionId',
    'request.chargingProfile.transactionId',
    'request.chargingProfile[*].transactionId',
    'request.eventData[*].transactionId',
    'request.message.transactionId',
    'request.messageInfo[*].transactionId',
  ]),
  family('evse', '', 'EVSE', [
    'request.evse.id',
    'request.evseId',
    'response.evseId',
    'response.schedule.evseId',
    'response.tariffAssignments[*].evseIds[*]',
    'request.batteryData[*].evseId',
    'request.chargingProfileCriteria.evseId',
    'request.eventData[*].component.evse.id',
    'request.reportData[*].component.evse.id',
    'request.monitor[*].component.evse.id',
    'request.componentVariable[*].component.evse.id',
    'request.getVariableData[*].component.evse.id',
    'response.getVariableResult[*].component.evse.id',
    'request.setVariableData[*].component.evse.id',
    'response.setVariableResult[*].component.evse.id',
    'request.setMonitoringData[*].component.evse.id',
    'response.setMonitoringResult[*].component.evse.id',
    'request.message.display.evse.id',
    'request.messageInfo[*].display.evse.id',
  ]),
  family('remote-start', '', 'Remote start', ['request.remoteStartId', 'request.transactionInfo.remoteStartId']),
  requests(
    'report',
    'Report request',
    'GetBaseReport GetReport GetMonitoringReport NotifyReport NotifyMonitoringReport',
  ),
  requests('customer', 'Customer request', 'CustomerInformation NotifyCustomerInformation'),
  requests('log', 'Log request', 'GetLog LogStatusNotification'),
  requests('firmware', 'Firmware request', 'UpdateFirmware FirmwareStatusNotification'),
  requests('publishing', 'Firmware publishing', 'PublishFirmware PublishFirmwareStatusNotification'),
  requests('display', 'Display message request', 'GetDisplayMessages NotifyDisplayMessages'),
  requests('profiles', 'Charging profile request', 'GetChargingProfiles ReportChargingProfiles'),
  requests('certificate', 'Certificate request', 'SignCertificate CertificateSigned'),
  requests('der', 'DER request', 'GetDERControl ReportDERControl'),
  requests('battery', 'Battery swap', 'RequestBatterySwap BatterySwap'),
  family('reservation', '', 'Reservation', ['request.reservationId', ['ReserveNow', 'request.id']]),
  family('charging-profile', '', 'Charging profile', [
    'request.chargingProfile.id',
    'request.chargingProfile[*].id',
    'request.chargingProfile.chargingProfileId[*]',
    'request.chargingProfileId',
  ]),
  family('display-message', '', 'Display message', [
    'request.message.id',
    'request.messageInfo[*].id',
    ['ClearDisplayMessage', 'request.id'],
    ['GetDisplayMessages', 'request.id[*]'],
  ]),
  family('monitor', '', 'Monitor', [
    'request.setMonitoringData[*].id',
    'response.setMonitoringResult[*].id',
    'response.clearMonitoringResult[*].id',
    ['ClearVariableMonitoring', 'request.id[*]'],
    'request.monitor[*].variableMonitoring[*].id',
    'request.eventData[*].variableMonitoringId',
    'request.constantStreamData.variableMonitoringId',
    'response.constantStreamData[*].variableMonitoringId',
  ]),
  family('event-stream', '', 'Event stream', [
    'request.constantStreamData.id',
    'response.constantStreamData[*].id',
    ['AdjustPeriodicEventStream ClosePeriodicEventStream NotifyPeriodicEventStream', 'request.id'],
  ]),
  family('der-control', '', 'DER control', [
    'request.controlId',
    'request.supersededIds[*]',
    'response.supersededIds[*]',
    ...'curve enterService fixedPFAbsorb fixedPFInject fixedVar freqDroop gradient limitMaxDischarge'
      .split(' ')
      .map((list) => `request.${list}[*].id`),
  ]),
  family('tariff', '', 'Tariff', [
    'request.tariff.tariffId',
    'response.tariff.tariffId',
    'request.tariffIds[*]',
    'response.tariffAssignments[*].tariffId',
    'response.clearTariffsResult[*].tariffId',
    'request.transactionInfo.tariffId',
    'request.costDetails.chargingPeriods[*].tariffId',
  ]),
  family('id-token', '', 'idToken', ['request.idToken.idToken', 'request.localAuthorizationList[*].idToken.idToken']),
];

/** Where messages of a generation name what they have in common. */
export const FAMILIES: Readonly<Record<Generation, readonly FollowFamily[]>> = { '1.6': FAMILIES_1_6, '2': FAMILIES_2 };

function family(topic: FollowTopic, name: string, words: string, written: Written): FollowFamily {
  return { topic, name, words, places: written.map(placeOf) };
}

/** Requests that are answered by messages of their own: each such pair has its own numbering. */
function requests(name: string, words: string, actions: string): FollowFamily {
  return family('request', name, words, [[actions, 'request.requestId']]);
}

function placeOf(written: string | readonly [actions: string, path: string]): NamingPlace {
  const [actions, path] = typeof written === 'string' ? [undefined, written] : written;
  const [side, ...keys] = path.split('.');
  return {
    side: side === 'response' ? 'response' : 'request',
    path: keys.flatMap((key): PathStep[] =>
      key.endsWith('[*]')
        ? [{ kind: 'key', name: key.slice(0, -'[*]'.length) }, { kind: 'any' }]
        : [{ kind: 'key', name: key }],
    ),
    actions: actions?.split(' '),
  };
}
