import { createBirpc } from 'birpc';
import { z } from 'zod';
import { Refusal } from '../session/outcome.ts';
import { BridgeError, type BridgeErrorEnvelope } from './bridge-error.ts';
import { type Channel, type Events, type Handlers, METHODS, type MethodName } from './contract.ts';
import { createEventOutbox } from './event-outbox.ts';

/** A call as birpc puts it on the channel. Clients send nothing else. */
const callEnvelope = z.object({
  t: z.literal('q'),
  i: z.string().max(64),
  m: z.string().max(100),
  a: z.array(z.unknown()).max(16),
});

/** Starts the flow of events to one client; the function it yields ends it. */
export type Subscribe = (events: Events) => () => void;

/**
 * Serves the contract to one client until its channel closes. Nothing that the client sends is trusted: a message
 * that is no call closes the channel, an unknown method or an argument that does not parse rejects the call. `report`
 * is told of failures inside the engine; the client learns only that there was one.
 */
export function serve(
  channel: Channel,
  handlers: Handlers,
  subscribe: Subscribe,
  report: (method: string, error: unknown) => void = () => {},
): void {
  const answer = async (name: string, args: unknown[]): Promise<unknown> => {
    if (!isMethod(name)) throw new BridgeError('unknown-method', `There is no method ${JSON.stringify(name)}.`);
    const parsed = METHODS[name].args.safeParse(args);
    if (!parsed.success) throw new BridgeError('invalid-arguments', `${name}: ${z.prettifyError(parsed.error)}`);
    // The schema of this very name has just vouched for the arguments.
    const handler = handlers[name] as (...args: unknown[]) => unknown;
    try {
      return await handler(...parsed.data);
    } catch (error) {
      if (error instanceof Refusal) throw new BridgeError('refused', error.message, { cause: error });
      report(name, error);
      throw new BridgeError('internal', `The engine could not answer ${name}.`, { cause: error });
    }
  };

  const rpc = createBirpc<Events, object, false>(
    {},
    {
      post: (message) => channel.post(message),
      on: (listener) =>
        channel.onMessage((message) => {
          const call = callEnvelope.safeParse(message);
          if (call.success) listener(call.data);
          else channel.close();
        }),
      serialize: (message: { e?: unknown }) =>
        message.e === undefined ? message : { ...message, e: envelope(message.e) },
      resolver:
        (name) =>
        (...args) =>
          answer(name, args),
      // An answer that no longer gets through is nobody's failure: the channel's end tells all.
      onGeneralError: (error, name) => {
        report(name ?? 'event', error);
        return true;
      },
      proxify: false,
    },
  );
  const unsubscribe = subscribe(
    createEventOutbox(channel, ({ name, value }) => void rpc.$callEvent(name, value as never)),
  );
  channel.onClose(() => {
    unsubscribe();
    rpc.$close();
  });
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(METHODS, name);
}

function envelope(error: unknown): BridgeErrorEnvelope {
  if (error instanceof BridgeError) return { code: error.code, message: error.message };
  return { code: 'internal', message: 'The engine could not answer.' };
}
