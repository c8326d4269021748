import type { JsonObject } from '../../ocpp/json.ts';
import type { ActionWords } from './action-words.ts';
import { count, labelled, list, names, object, objects, phrase, shortened, text } from './payload.ts';
import { statusWithReason } from './terms.ts';

/** Certificate messages that 1.6 (security whitepaper) and 2.x have alike. */
export const DELETE_CERTIFICATE: ActionWords = {
  request: (payload) => phrase('Delete certificate', certificate(object(payload, 'certificateHashData'))),
};

export const INSTALL_CERTIFICATE: ActionWords = {
  request: (payload) => phrase('Install', text(payload, 'certificateType') ?? 'certificate'),
};

/** 1.6 asks for one type and answers with a list, 2.x asks for several and answers with chains. */
export const GET_INSTALLED_CERTIFICATE_IDS: ActionWords = {
  request: (payload) =>
    text(payload, 'certificateType') ??
    names(list(payload, 'certificateType'), (type) => shortened(type)) ??
    'All certificates',
  response: (payload) => {
    const chains = objects(payload, 'certificateHashDataChain');
    const found = chains.length > 0 ? chains : objects(payload, 'certificateHashData');
    return [statusWithReason(payload), found.length === 0 ? undefined : count(found.length, 'certificate')];
  },
};

/** A certificate by its serial number. */
export function certificate(hashData: JsonObject): string | undefined {
  return labelled('serial ', text(hashData, 'serialNumber', 24));
}
