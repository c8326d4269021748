import { reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

/** Block A. The station has asked for no certificate, so that none can belong to a key of its own (A02.FR.06). */
export const SECURITY: Common<'CertificateSigned'> = {
  CertificateSigned: () =>
    reply({ status: 'Rejected', ...because('InvalidMessageSeq', 'No certificate was asked for.') }),
};
