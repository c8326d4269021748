import { quoted } from '../../ocpp/words.ts';
import type { LinkClosing, LinkRemark } from '../../session/link.ts';
import { decimal, duration, plain } from '../../session/words.ts';

/* What a proxy says of its links, on the link that it is about. */

/** A peer reads slower than is written to it. */
export function slowReader(reader: string, writer: string, waiting: number): LinkRemark {
  const sentence = `${name(reader)} does not keep up: ${size(waiting)} wait to be read, so ${name(writer)} is not read until they have gone out.`;
  return { severity: 'warning', rule: 'link.slow-reader', requirements: [], sentence };
}

/** The CSMS is gone and its station is kept. */
export function upstreamLost(closing: LinkClosing, answers: boolean): LinkRemark {
  const how =
    closing.code === 1006
      ? 'ended without a close frame'
      : `was closed with ${closing.code}${closing.reason === '' ? '' : ` (${plain(closing.reason, 60)})`}`;
  const sentence = `The connection to the CSMS ${how}. The station is kept: ${meanwhile(answers)}.`;
  return { severity: 'warning', rule: 'link.upstream-lost', requirements: [], sentence };
}

/** The CSMS was not there when the station came, which is let in all the same. */
export function upstreamAbsent(why: string, agreed: string, answers: boolean): LinkRemark {
  const sentence = `The CSMS is not there: ${why} The station is let in without it, in ${quoted(agreed)}, the first subprotocol that would be offered to the CSMS: ${meanwhile(answers)}.`;
  return { severity: 'warning', rule: 'link.upstream-lost', requirements: [], sentence };
}

function meanwhile(answers: boolean): string {
  const then = answers ? 'the built-in CSMS answers in its place' : 'its messages go no further and have no answer';
  return `${then}, and the CSMS is called again and again`;
}

/** The CSMS has come back. */
export function upstreamBack(milliseconds: number, attempts: number): LinkRemark {
  const times = attempts === 1 ? 'at the first attempt' : `at attempt ${attempts}`;
  const sentence = `The CSMS is back after ${duration(milliseconds)}, ${times}.`;
  return { severity: 'info', rule: 'link.upstream-back', requirements: [], sentence };
}

/** The CSMS has come for the first time. */
export function upstreamThere(milliseconds: number, attempts: number): LinkRemark {
  const sentence = `The CSMS is there after ${duration(milliseconds)}, at attempt ${attempts}.`;
  return { severity: 'info', rule: 'link.upstream-back', requirements: [], sentence };
}

/** The CSMS is there for the first time, and does not take the station. */
export function upstreamRefuses(sentence: string): LinkRemark {
  const remark = `The CSMS does not take the station that was let in without it. ${sentence} The station is closed, so that it hears so itself when it comes again.`;
  return { severity: 'warning', rule: 'link.upstream-refuses', requirements: [], sentence: remark };
}

/** The CSMS came back and does not speak as before. */
export function upstreamDiffers(sentence: string): LinkRemark {
  return { severity: 'warning', rule: 'link.upstream-differs', requirements: ['RFC 6455, 4.1'], sentence };
}

/** Why a connection to a CSMS cannot go on with a station that agreed on another subprotocol. */
export function otherSubprotocol(chosen: string, agreed: string): string {
  const came = chosen === '' ? 'no subprotocol' : quoted(chosen);
  const wanted = agreed === '' ? 'none' : quoted(agreed);
  return `The CSMS came back with ${came}, but the station agreed on ${wanted}. It is closed and called again.`;
}

/** Why a connection to a CSMS cannot go on with a station with which Plugscope has agreed on another subprotocol. */
export function foreignSubprotocol(chosen: string, agreed: string): string {
  const came = chosen === '' ? 'no subprotocol' : quoted(chosen);
  return `The CSMS chose ${came}, but Plugscope had agreed on ${quoted(agreed)} with the station while there was no CSMS. Both are closed, so that the station can agree with the CSMS when it comes again.`;
}

/** A connection to the built-in CSMS, which answers in place of one that is gone. */
export const STAND_IN: LinkRemark = {
  severity: 'info',
  rule: 'link.stand-in',
  requirements: [],
  sentence: 'This is the built-in CSMS: it answers until the CSMS of the bench is back.',
};

/** The built-in CSMS gives way. */
export const STAND_IN_OVER = 'the CSMS is back';

function name(peer: string): string {
  return peer === '' ? 'The station' : plain(peer, 48);
}

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${decimal(bytes / 1000, 1)} kB` : `${decimal(bytes / 1_000_000, 1)} MB`;
}
