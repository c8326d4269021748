import type { RequestOf } from '../../../ocpp/messages.ts';
import { reply } from '../reply.ts';
import { ITEMS_PER_MESSAGE } from './device-model-variables.ts';
import { because, type Common, type Station2, UNSUPPORTED } from './station-2.ts';

/** Block B. */
export const PROVISIONING: Common<
  'GetBaseReport' | 'GetReport' | 'GetVariables' | 'Reset' | 'SetNetworkProfile' | 'SetVariables'
> = {
  GetBaseReport({ requestId, reportBase }, station) {
    return reply({ status: 'Accepted' }, () => notifyReport(station, requestId, station.model.baseReport(reportBase)));
  },

  GetReport({ requestId, componentVariable, componentCriteria }, station) {
    const data = station.model.report(componentVariable, componentCriteria);
    // B08.FR.15.
    if (data.length === 0) return reply({ status: 'EmptyResultSet' });
    return reply({ status: 'Accepted' }, () => notifyReport(station, requestId, data));
  },

  GetVariables: ({ getVariableData }, { model }) =>
    reply({
      getVariableResult: getVariableData.map(({ component, variable, attributeType = 'Actual' }) => {
        const { status, value } = model.get(component, variable, attributeType);
        const result = { component, variable, attributeType, attributeStatus: status };
        return value === undefined ? result : { ...result, attributeValue: value };
      }),
    }),

  Reset({ type, evseId }, { core }) {
    // B11.FR.09: AllowReset is false; ImmediateAndResume came with 2.1, and transactions are not resumed here.
    if (evseId !== undefined) return reply({ status: 'Rejected', ...because('UnsupportedParam', 'evseId') });
    if (type === 'ImmediateAndResume') return reply({ status: 'Rejected', ...because('UnsupportedParam', type) });
    const waits = type === 'OnIdle' && core.evses.some(({ transaction }) => transaction);
    return reply({ status: waits ? 'Scheduled' : 'Accepted' }, () =>
      core.reboot(
        { cause: 'immediate-reset', reason: waits ? 'ScheduledReset' : 'RemoteReset' },
        type === 'OnIdle' ? 'idle' : 'now',
      ),
    );
  },

  /** Where the station connects is set where it is started, and is no variable of it. */
  SetNetworkProfile: () => reply({ status: 'Rejected', ...UNSUPPORTED }),

  SetVariables({ setVariableData }, { core, model }) {
    const setVariableResult = setVariableData.map(
      ({ component, variable, attributeType = 'Actual', attributeValue }) => {
        const { status, code } = model.set(component, variable, attributeType, attributeValue);
        const result = { component, variable, attributeType, attributeStatus: status };
        return code === undefined ? result : { ...result, attributeStatusInfo: { reasonCode: code } };
      },
    );
    return reply({ setVariableResult }, () => core.settingsChanged());
  },
};

type ReportData = NonNullable<RequestOf<'2.0.1', 'NotifyReport'>['reportData']>;

/** Sends a report in parts (B07.FR.03, FR.04, FR.10). */
function notifyReport({ core, speaker }: Station2, requestId: number, data: ReportData): void {
  const parts = Math.max(1, Math.ceil(data.length / ITEMS_PER_MESSAGE));
  for (let seqNo = 0; seqNo < parts; seqNo++) {
    void speaker.callTriggered('NotifyReport', {
      requestId,
      generatedAt: core.timestamp(),
      seqNo,
      tbc: seqNo < parts - 1,
      reportData: data.slice(seqNo * ITEMS_PER_MESSAGE, (seqNo + 1) * ITEMS_PER_MESSAGE),
    });
  }
}
