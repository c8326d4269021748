import { reply } from '../reply.ts';
import { because, type Common, UNSUPPORTED } from './station-2.ts';

/** Block L. The station has no file transfer, so that each attempt is seen to fail; it is no local controller. */
export const FIRMWARE_MANAGEMENT: Common<'PublishFirmware' | 'UnpublishFirmware' | 'UpdateFirmware'> = {
  PublishFirmware: () => reply({ status: 'Rejected', ...UNSUPPORTED }),

  UnpublishFirmware: () => reply({ status: 'NoFirmware' }),

  UpdateFirmware({ requestId, firmware: { retrieveDateTime, signature, signingCertificate } }, { core, firmware }) {
    if (signature !== undefined || signingCertificate !== undefined) {
      return reply({ status: 'Rejected', ...because('UnsupportedParam', 'signature') });
    }
    const delay = Math.max(0, (Date.parse(retrieveDateTime) - core.now()) / 1000);
    // L01.FR.24: a new request takes the place of the one under way.
    return reply({ status: firmware.ongoing ? 'AcceptedCanceled' : 'Accepted' }, () =>
      firmware.start(requestId, delay),
    );
  },
};
