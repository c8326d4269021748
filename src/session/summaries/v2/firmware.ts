import type { Block2 } from '../action-words.ts';
import { instant, labelled, list, names, object, shortened, text } from '../payload.ts';
import { acknowledged, request, statusWithReason } from '../terms.ts';

export const FIRMWARE = {
  FirmwareStatusNotification: {
    request: (payload) => [statusWithReason(payload), request(payload)],
    response: acknowledged,
  },
  PublishFirmware: { request: (payload) => [labelled('Publish ', text(payload, 'location', 60)), request(payload)] },
  PublishFirmwareStatusNotification: {
    request: (payload) => [
      statusWithReason(payload),
      names(list(payload, 'location'), (location) => shortened(location), 1),
      request(payload),
    ],
    response: acknowledged,
  },
  UnpublishFirmware: { request: (payload) => labelled('Unpublish ', text(payload, 'checksum')) },
  UpdateFirmware: {
    request(payload) {
      const firmware = object(payload, 'firmware');
      return [
        labelled('Update from ', text(firmware, 'location', 60)),
        labelled('at ', instant(firmware, 'retrieveDateTime')),
        firmware.signature === undefined ? undefined : 'signed',
        request(payload),
      ];
    },
  },
} satisfies Block2<'L Firmware Management'>;
