import type { Handlers } from '../../../bridge/contract.ts';
import type { COMPOSE_METHODS } from '../../../bridge/methods/compose.ts';
import type { Composer } from '../../compose/composer.ts';

/** The composer, as faces ask for it. */
export function composeHandlers({
  composer,
}: {
  readonly composer: Composer;
}): Pick<Handlers, keyof typeof COMPOSE_METHODS> {
  return {
    'compose.peers': () => composer.peers(),
    'compose.preview': (draft) => composer.preview(draft),
    'compose.call': (call) => composer.call(call),
    'compose.cancel': (ticket) => {
      composer.cancel(ticket);
      return null;
    },
    'compose.send': (send) => composer.send(send),
    'compose.raw': (link, frame) =>
      frame.kind === 'text'
        ? composer.raw(link, { data: new TextEncoder().encode(frame.text), binary: false, text: frame.text })
        : composer.raw(link, { data: Buffer.from(frame.base64, 'base64'), binary: frame.binary, text: undefined }),
    'compose.kept': () => composer.kept(),
    'compose.setSnippets': (snippets) => composer.setSnippets(snippets),
    'compose.forgetHistory': () => composer.forgetHistory(),
  };
}
