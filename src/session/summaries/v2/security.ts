import type { Block2 } from '../action-words.ts';
import { instant, labelled, phrase, text } from '../payload.ts';
import { acknowledged, request } from '../terms.ts';

export const SECURITY = {
  CertificateSigned: {
    request: (payload) => [
      phrase('Install signed', text(payload, 'certificateType') ?? 'certificate'),
      request(payload),
    ],
  },
  SecurityEventNotification: {
    request: (payload) => [
      text(payload, 'type'),
      text(payload, 'techInfo', 60),
      labelled('at ', instant(payload, 'timestamp')),
    ],
    response: acknowledged,
  },
  SignCertificate: {
    request: (payload) => [phrase('Sign', text(payload, 'certificateType') ?? 'certificate'), request(payload)],
  },
} satisfies Block2<'A Security'>;
