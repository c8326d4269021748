import type { Arguments, Handlers } from '../../../bridge/contract.ts';
import type { COMPOSE_METHODS } from '../../../bridge/methods/compose.ts';
import type { Composer, RawFrame } from '../../compose/composer.ts';

/** The composer, as faces ask for it. */
export function composeHandlers({
  composer,
}: {
  readonly composer: Composer;
}): Pick<Handlers, keyof typeof COMPOSE_METHODS> {
  /** Of the preview that was asked for last: a client wants to know of one at a time. */
  let previewing = new AbortController();
  return {
    'compose.peers': () => composer.peers(),
    'compose.preview'(draft) {
      previewing.abort();
      previewing = new AbortController();
      return composer.preview(draft, previewing.signal);
    },
    'compose.call': (call) => composer.call(call),
    'compose.cancel': (ticket) => {
      composer.cancel(ticket);
      return null;
    },
    'compose.send': (send) => composer.send(send),
    'compose.raw': (link, frame) => composer.raw(link, rawFrame(frame)),
    'compose.kept': () => composer.kept(),
    'compose.setSnippets': (snippets) => composer.setSnippets(snippets),
    'compose.forgetHistory': () => composer.forgetHistory(),
  };
}

function rawFrame(frame: Arguments<'compose.raw'>[1]): RawFrame {
  if (frame.kind === 'text') {
    return { data: Buffer.from(frame.text), binary: false, kept: { kind: 'frame', text: frame.text } };
  }
  const data = Buffer.from(frame.base64, 'base64');
  const kind = frame.binary ? 'binary' : 'bytes';
  return { data, binary: frame.binary, kept: { kind, text: data.toString('hex').replace(/..(?!$)/g, '$& ') } };
}
