import { quoted } from '../../ocpp/words.ts';
import type { LinkRemark, TlsFacts } from '../../session/link.ts';
import type { BootInfo } from './station-state.ts';

/**
 * What is to be said where the certificate of a station that boots is not for the serial number that it tells
 * (A00.FR.405). That number is not known before, so the connection stands by then.
 */
export function certificateOwner(tls: TlsFacts | undefined, { serialNumber }: BootInfo): LinkRemark | undefined {
  const subject = tls?.chain?.[0]?.subject;
  if (subject === undefined) return undefined;
  const name = commonName(subject);
  const about = { rule: 'link.certificate-owner', requirements: ['A00.FR.405', 'A00.FR.511'] };
  if (serialNumber === undefined) {
    const sentence = `The station tells no serial number, so its certificate, which is for ${quoted(name)}, cannot be compared with it.`;
    return { ...about, severity: 'info', sentence };
  }
  if (name.includes(serialNumber)) return undefined;
  const sentence = `The certificate is for ${quoted(name)}, but the station says that its serial number is ${quoted(serialNumber)}.`;
  return { ...about, severity: 'warning', sentence };
}

/** The common name of a subject as RFC 4514 writes it, without the escapes; empty where it has none. */
function commonName(subject: string): string {
  const value = /(?:^|[,+])CN=((?:\\.|[^\\,+])*)/i.exec(subject)?.[1] ?? '';
  return value.replace(/\\([ "#+,;<=>\\])/g, '$1');
}
