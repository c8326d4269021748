/** What the benchmark of the relay sends: a TransactionEvent of OCPP 2.0.1 of about 1.3 kB, and its answer of 60 bytes. */
export const SUBPROTOCOL = 'ocpp2.0.1';

const MEASURANDS = [
  ['Energy.Active.Import.Register', 'Wh'],
  ['Power.Active.Import', 'W'],
  ['Current.Import', 'A'],
  ['Voltage', 'V'],
  ['SoC', 'Percent'],
  ['Frequency', 'Hz'],
] as const;

const PAYLOAD = JSON.stringify({
  eventType: 'Updated',
  timestamp: '2026-01-01T00:00:00.000Z',
  triggerReason: 'MeterValuePeriodic',
  seqNo: 42,
  offline: false,
  numberOfPhasesUsed: 3,
  cableMaxCurrent: 32,
  evse: { id: 1, connectorId: 1 },
  transactionInfo: {
    transactionId: '3f1cbd8b-6f4e-4a0b-9f0e-6a1f5d0c2f77',
    chargingState: 'Charging',
    timeSpentCharging: 1800,
  },
  meterValue: [
    {
      timestamp: '2026-01-01T00:00:00.000Z',
      sampledValue: MEASURANDS.map(([measurand, unit], i) => ({
        value: 1234.5 + i,
        context: 'Sample.Periodic',
        measurand,
        location: 'Outlet',
        unitOfMeasure: { unit, multiplier: 0 },
      })),
    },
  ],
});

/** The CALL with this message id. */
export function call(id: number): string {
  return `[2,"${id}","TransactionEvent",${PAYLOAD}]`;
}

const QUOTE = 0x22;

/** The CALLRESULT for a CALL as it came off the wire. */
export function answerTo(data: Buffer): string {
  const start = data.indexOf(QUOTE) + 1;
  const id = data.toString('latin1', start, data.indexOf(QUOTE, start));
  return `[3,"${id}",{"idTokenInfo":{"status":"Accepted"}}]`;
}
