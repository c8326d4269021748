import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import type { Interception } from '../../app/interception.ts';
import { compactJson } from '../../app/message-editor/compact.ts';

/** Lets a held message go: as it came, or with the text that it was given in the editor, as a peer would write it. */
export function release({ state, decide }: Interception, id: number): Promise<boolean> {
  const draft = state.getState().drafts.get(id);
  return decide(id, draft === undefined ? { kind: 'forward' } : { kind: 'edit', text: compactJson(draft) });
}

/** The held message that keys are about: the one that is looked at, or else the one that has waited longest. */
export function messageForKeys({ state }: Interception): HeldMessage | undefined {
  const { selected, known } = state.getState();
  if (selected !== null && selected.gone === null && !selected.message.decided) return selected.message;
  return selected?.gone === null ? undefined : known?.held.find(({ decided }) => !decided);
}

/** Lets all held messages go: as they came, and edited ones as they stand in the editor. */
export async function releaseAll(interception: Interception): Promise<void> {
  const { drafts, known } = interception.state.getState();
  const edited = known?.held.filter(({ id, decided }) => !decided && drafts.has(id)) ?? [];
  for (const { id } of edited) await release(interception, id);
  await interception.releaseAll();
}
