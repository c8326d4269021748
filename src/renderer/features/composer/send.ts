import type { Arguments } from '../../../bridge/contract.ts';
import type { ComposePeer } from '../../../bridge/methods/compose.ts';
import { findAction } from '../../../ocpp/actions.ts';
import { failure, type Outcome, success } from '../../../session/outcome.ts';
import { type ComposeRun, type Composing, type ComposingState, RUNS_MAX } from '../../app/composing.ts';
import { newId } from '../../app/new-id.ts';
import type { Workbench } from '../../app/workbench.ts';
import { base64Of, bytesOfHex } from './frame-bytes.ts';

type Ended = NonNullable<ComposeRun['outcome']>;

const NO_ENGINE = failure('no-engine', 'The engine did not answer; whether it was sent is in the timeline.');

/** Sends what the composer is at; the run that it makes tells how it goes. */
export async function send({ composing, api }: Workbench, peer: ComposePeer, at: number): Promise<void> {
  const { kind, action, payload, messageId, version } = composing.getState();
  const frame = frameOf(composing.getState());
  const engine = api();
  if (!engine || (kind === 'message' ? action === null : frame === undefined)) return;
  const call = kind === 'message' && findAction(version, action ?? '')?.messageType !== 'SEND';
  const ticket = newId();
  const target = { station: peer.station, peer: peer.peer };
  const run: ComposeRun = { ticket, at, target, action: kind === 'message' ? action : null, call };
  composing.setState(({ runs }) => ({ runs: [run, ...runs].slice(0, RUNS_MAX) }));
  const message = {
    link: peer.link,
    action: action ?? '',
    payload,
    ...(messageId === '' ? {} : { messageId }),
  };
  const outcome: Ended = await (kind === 'frame' && frame
    ? engine['compose.raw'](peer.link, frame).then(entered)
    : call
      ? engine['compose.call']({ ticket, ...message })
      : engine['compose.send'](message).then(entered)
  ).catch(() => NO_ENGINE);
  composing.setState(({ runs }) => ({ runs: runs.map((one) => (one.ticket === ticket ? { ...one, outcome } : one)) }));
}

/** The frame as the engine takes it; undefined where its bytes cannot be read. */
function frameOf({ frame, frameAs }: ComposingState): Arguments<'compose.raw'>[1] | undefined {
  if (frameAs === 'text') return { kind: 'text', text: frame };
  const bytes = bytesOfHex(frame);
  return bytes && { kind: 'bytes', base64: base64Of(bytes), binary: frameAs === 'binary' };
}

function entered(outcome: Outcome<number>): Ended {
  return outcome.ok ? success({ kind: 'sent', entry: outcome.value }) : outcome;
}

/** Why what the composer is at cannot be sent; undefined where it can. */
export function obstacle(
  state: ComposingState,
  peer: ComposePeer | undefined,
  problems: readonly { readonly sentence: string }[],
): string | undefined {
  const { kind, action, target, frame, frameAs } = state;
  if (target === null) return 'Choose to whom it goes.';
  if (peer === undefined) return `${target.peer === 'csms' ? 'The CSMS of ' : ''}${target.station} is not connected.`;
  if (kind === 'frame') {
    if (frame === '') return 'The frame is empty.';
    return frameAs !== 'text' && bytesOfHex(frame) === undefined ? 'These are no bytes in hexadecimal.' : undefined;
  }
  if (action === null) return 'Choose an action.';
  if (peer.version === null) return 'No OCPP version was agreed on this connection; send a whole frame.';
  return problems[0]?.sentence;
}

/** Forgets the runs that have ended. */
export function clearRuns(composing: Composing): void {
  composing.setState(({ runs }) => ({ runs: runs.filter(({ outcome }) => outcome === undefined) }));
}
