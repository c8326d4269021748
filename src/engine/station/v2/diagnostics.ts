import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import { because, type Common, type New21, type Station2, UNSUPPORTED } from './station-2.ts';

type MonitoringResult = ResponseOf<'2.0.1', 'SetVariableMonitoring'>['setMonitoringResult'][number];

/** Block N. Monitoring is not implemented: MonitoringCtrlr.Available is false, and no variable supports it. */
export const DIAGNOSTICS: Common<
  | 'ClearVariableMonitoring'
  | 'CustomerInformation'
  | 'GetLog'
  | 'GetMonitoringReport'
  | 'SetMonitoringBase'
  | 'SetMonitoringLevel'
  | 'SetVariableMonitoring'
> = {
  ClearVariableMonitoring: ({ id: ids }) =>
    reply({ clearMonitoringResult: ids.map((id) => ({ id, status: 'NotFound' })) }),

  CustomerInformation(request, station): Reply<ResponseOf<'2.0.1', 'CustomerInformation'>> {
    const { idToken, customerCertificate, customerIdentifier, report, clear } = request;
    const given = [idToken, customerCertificate, customerIdentifier].filter((reference) => reference !== undefined);
    // N09.FR.09, N09.FR.07.
    if (given.length !== 1)
      return reply({ status: 'Invalid', ...because('InvalidValue', 'one reference to a customer') });
    if (!report && !clear) return reply({ status: 'Rejected', ...because('InvalidValue', 'neither report nor clear') });
    return reply({ status: 'Accepted' }, () => notifyCustomer(request, station));
  },

  /** The station has no file transfer, so that each attempt is seen to fail. */
  GetLog({ requestId }, { core, log }) {
    const status = log.ongoing ? 'AcceptedCanceled' : 'Accepted';
    return reply({ status, filename: `log-${core.now().toFixed(0)}.log` }, () => log.start(requestId));
  },

  /** N02.FR.10. */
  GetMonitoringReport: () => reply({ status: 'EmptyResultSet' }),

  SetMonitoringBase: () => reply({ status: 'NotSupported' }),

  SetMonitoringLevel: () => reply({ status: 'Rejected', ...UNSUPPORTED }),

  SetVariableMonitoring: ({ setMonitoringData }, { model }) =>
    reply({
      setMonitoringResult: setMonitoringData.map(({ id, component, variable, type, severity }) => {
        const found = model.find(component, variable);
        return {
          ...(id === undefined ? {} : { id }),
          component,
          variable,
          severity,
          // The type came with a request of the same version.
          type: type as MonitoringResult['type'],
          status: typeof found === 'string' ? found : 'UnsupportedMonitorType',
        };
      }),
    }),
};

/** Block N of 2.1: without monitors there are no streams of their values. */
export const DIAGNOSTICS_2_1: New21<'AdjustPeriodicEventStream' | 'GetPeriodicEventStream'> = {
  AdjustPeriodicEventStream: () => reply({ status: 'Rejected', ...because('NotFound') }),
  GetPeriodicEventStream: () => reply({}),
};

/** Tells what is known of a customer. Beside the local list nothing outlives a transaction, so there is nothing to clear. */
function notifyCustomer(request: RequestOf<'2.1', 'CustomerInformation'>, { core, speaker }: Station2): void {
  const token = request.idToken?.idToken;
  const known: string[] = [];
  if (token !== undefined && core.localList.has(token)) known.push('In the local authorization list.');
  for (const { id, transaction } of core.evses) {
    if (token !== undefined && transaction?.idToken.token.toLowerCase() === token.toLowerCase()) {
      known.push(`Transaction ${transaction.id} is running at EVSE ${id}.`);
    }
  }
  const found = known.length > 0 ? known.join(' ') : 'No data was found.';
  void speaker.call('NotifyCustomerInformation', {
    requestId: request.requestId,
    generatedAt: core.timestamp(),
    seqNo: 0,
    data: request.report ? found : 'No data is stored but in the local authorization list.',
  });
}
