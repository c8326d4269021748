import type { ControlFault, ControlType, DerControl } from '../../../ocpp/der/control.ts';
import { parseSetControl, settingFieldOf } from '../../../ocpp/der/parse-control.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { ResponseOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import { DER_CONTROLS_MAX } from './der/der-controls.ts';
import { SUPPORTED_CONTROLS } from './der/inverter.ts';
import { derControlReports } from './der/report-der-control.ts';
import { because, type New21, UNSUPPORTED } from './station-2.ts';

/** Longest additionalInfo of a StatusInfoType in 2.1. */
const INFO_MAX = 1024;

/** Block R. */
export const DER_CONTROL_2_1: New21<'ClearDERControl' | 'GetDERControl' | 'SetDERControl'> = {
  ClearDERControl({ isDefault, controlType: type, controlId: id }, { der }) {
    // R04.FR.43.
    if (id === undefined && type !== undefined && !isSupported(type)) {
      return reply({ status: 'NotSupported', ...UNSUPPORTED });
    }
    const cleared = der.controls.clear({ isDefault, type, id });
    const all = type === undefined && id === undefined;
    // R04.FR.41, FR.42; R04.FR.44 to FR.46.
    if (cleared === 0 && !all) return reply({ status: 'NotFound', ...because('NotFound') });
    return reply({ status: 'Accepted' }, () => der.controls.proceed());
  },

  GetDERControl({ requestId, isDefault, controlType, controlId }, { core, der }) {
    // R04.FR.36.
    if (controlType !== undefined && !isSupported(controlType))
      return reply({ status: 'NotSupported', ...UNSUPPORTED });
    const found = der.controls
      .list()
      .filter(
        ({ control }) =>
          (isDefault ?? control.isDefault) === control.isDefault &&
          (controlType ?? control.setting.type) === control.setting.type &&
          (controlId ?? control.id) === control.id,
      );
    // R04.FR.30.
    if (found.length === 0) return reply({ status: 'NotFound', ...because('NotFound') });
    // R04.FR.33 to FR.35, FR.37: as they were when the request came.
    const reports = derControlReports(requestId, found, (each) => der.controls.payloadOf(each), core.now());
    return reply({ status: 'Accepted' }, () => {
      for (const report of reports) void core.call('ReportDERControl', { ...report } as JsonObject);
    });
  },

  SetDERControl(request, { core, der }): Reply<ResponseOf<'2.1', 'SetDERControl'>> {
    const { controlType, controlId } = request;
    // R04.FR.01.
    if (!isSupported(controlType)) return reply({ status: 'NotSupported', ...UNSUPPORTED });
    const { control, faults } = parseSetControl(request as JsonObject);
    const [fault] = faults;
    // R04.FR.13, FR.15, FR.17.
    if (!control || fault) return rejected(...reasonOf(fault));
    const beyond = notDone(control);
    if (beyond !== undefined) return rejected('UnsupportedParam', beyond);
    const ends = (control.start ?? 0) + 1000 * (control.duration ?? 0);
    if (!control.isDefault && ends <= core.now()) return rejected('InvalidValue', 'The control is over already.');
    const others = der.controls.list().filter((each) => each.control.id !== controlId);
    if (others.length >= DER_CONTROLS_MAX) return rejected('TooManyElements');
    const payload = request[settingFieldOf(controlType)];
    const [first, ...rest] = der.controls.set(control, payload as JsonObject);
    return reply({ status: 'Accepted', ...(first === undefined ? {} : { supersededIds: [first, ...rest] }) }, () =>
      der.controls.proceed(),
    );
  },
};

function isSupported(type: ControlType): boolean {
  return SUPPORTED_CONTROLS.includes(type);
}

function reasonOf(fault: ControlFault | undefined): [string, string | undefined] {
  return ['InvalidValue', fault?.sentence];
}

/** What a control asks for that the station does not do, though it does its type. */
function notDone({ setting }: DerControl): string | undefined {
  if (setting.type === 'LimitMaxDischarge' && setting.monitoring) return 'powerMonitoringMustTrip';
  if (!('curve' in setting)) return undefined;
  const { reactivePowerParams, voltageParams } = setting.curve;
  if (voltageParams?.mean10Minutes !== undefined) return 'hv10MinMeanValue';
  if (voltageParams?.powerDuringCessation === 'Reactive') return 'powerDuringCessation';
  return reactivePowerParams?.autonomous ? 'autonomousVRefEnable' : undefined;
}

function rejected(reasonCode: string, info?: string): Reply<ResponseOf<'2.1', 'SetDERControl'>> {
  return reply({ status: 'Rejected', ...because(reasonCode, info?.slice(0, INFO_MAX)) });
}
