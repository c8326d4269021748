import { reply } from '../reply.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "FirmwareManagement" of 1.6. The station has no file transfer, so that each attempt is seen to fail. */
export const FIRMWARE_MANAGEMENT: Handlers16<'GetDiagnostics' | 'UpdateFirmware'> = {
  GetDiagnostics: (_request, { core, diagnostics }) =>
    reply({ fileName: `diagnostics-${core.now().toFixed(0)}.log` }, () => diagnostics.start()),

  UpdateFirmware: ({ retrieveDate }, { core, firmware }) =>
    reply({}, () => firmware.start(undefined, Math.max(0, (Date.parse(retrieveDate) - core.now()) / 1000))),
};
