import type { OcppVersion } from '../../ocpp/version.ts';
import type { Dialect, DialectOptions } from './dialect.ts';
import { createDialect16 } from './v1.6/dialect-1.6.ts';
import { createDialect21, createDialect201 } from './v2/dialect-2.ts';

/** How each version is spoken. */
export const DIALECTS: Readonly<Record<OcppVersion, (options: DialectOptions) => Dialect>> = {
  '1.6': createDialect16,
  '2.0.1': createDialect201,
  '2.1': createDialect21,
};
