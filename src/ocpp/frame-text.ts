import { MESSAGE_TYPE, type Message } from './frame.ts';

/** The text of the frame that carries a message: the inverse of `parseFrame`. */
export function frameText(message: Message): string {
  return JSON.stringify(elementsOf(message));
}

function elementsOf(message: Message): readonly unknown[] {
  const type = MESSAGE_TYPE[message.type];
  switch (message.type) {
    case 'CALL':
    case 'SEND':
      return [type, message.messageId, message.action, message.payload];
    case 'CALLRESULT':
      return [type, message.messageId, message.payload];
    case 'CALLERROR':
    case 'CALLRESULTERROR':
      return [type, message.messageId, message.errorCode, message.errorDescription, message.errorDetails];
  }
}
