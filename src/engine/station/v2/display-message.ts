import type { RequestOf, ResponseOf } from '../../../ocpp/messages.ts';
import { type Reply, reply } from '../reply.ts';
import { DISPLAY_FORMATS, type DisplayMessage, displayStates } from './display-messages.ts';
import { because, type Common, type Station2 } from './station-2.ts';

/** Messages that go into one NotifyDisplayMessages. */
const MESSAGES_PER_NOTIFICATION = 10;

/** Block O. */
export const DISPLAY_MESSAGE: Common<'ClearDisplayMessage' | 'GetDisplayMessages' | 'SetDisplayMessage'> = {
  ClearDisplayMessage: ({ id }, { display }) => reply({ status: display.clear(id) ? 'Accepted' : 'Unknown' }),

  GetDisplayMessages({ requestId, id: ids, priority, state }, station) {
    const found = station.display
      .list()
      .filter(
        (one) =>
          (ids?.includes(one.id) ?? true) &&
          (priority ?? one.priority) === one.priority &&
          (state ?? one.state) === one.state,
      );
    // O03.FR.06, O04.FR.02.
    if (found.length === 0) return reply({ status: 'Unknown' });
    return reply({ status: 'Accepted' }, () => notifyMessages(station, requestId, found));
  },

  SetDisplayMessage({ message }, { core, display, model }): Reply<ResponseOf<'2.0.1', 'SetDisplayMessage'>> {
    const { state, transactionId } = message;
    const formats = [message.message, ...(message.messageExtra ?? [])].map(({ format }) => format);
    // O01.FR.02, FR.03; every priority is supported.
    if (!formats.every((format) => DISPLAY_FORMATS.includes(format)))
      return reply({ status: 'NotSupportedMessageFormat' });
    if (state !== undefined && !displayStates(core.version).includes(state)) {
      return reply({ status: 'NotSupportedState' });
    }
    // O02.FR.01.
    if (transactionId !== undefined && !core.evses.some(({ transaction }) => transaction?.id === transactionId)) {
      return reply({ status: 'UnknownTransaction' });
    }
    if (message.display && model.find(message.display, { name: 'Available' }) === 'UnknownComponent') {
      return reply({ status: 'Rejected', ...because('UnknownComponent') });
    }
    return reply(display.set(message) ? { status: 'Accepted' } : { status: 'Rejected', ...because('TooManyElements') });
  },
};

/** O03.FR.02 to FR.05, O04.FR.03 to FR.06. */
function notifyMessages({ speaker }: Station2, requestId: number, messages: readonly DisplayMessage[]): void {
  const parts = Math.ceil(messages.length / MESSAGES_PER_NOTIFICATION);
  for (let part = 0; part < parts; part++) {
    const messageInfo = messages.slice(part * MESSAGES_PER_NOTIFICATION, (part + 1) * MESSAGES_PER_NOTIFICATION);
    void speaker.call('NotifyDisplayMessages', {
      requestId,
      tbc: part < parts - 1,
      // As they came with requests of the same version.
      messageInfo: messageInfo as unknown as NonNullable<RequestOf<'2.0.1', 'NotifyDisplayMessages'>['messageInfo']>,
    });
  }
}
