import { type ReactNode, useId, useMemo, useState } from 'react';
import type { HeldMessage } from '../../../bridge/methods/intercept.ts';
import { opposite } from '../../../ocpp/direction.ts';
import { isJsonObject, type JsonObject } from '../../../ocpp/json.ts';
import { schemaOf } from '../../../ocpp/official-schemas.ts';
import { RPC_ERROR_CODES_1_6, RPC_ERROR_CODES_2 } from '../../../ocpp/rpc-error.ts';
import { template } from '../../../ocpp/template.ts';
import type { EditedMessage } from '../../app/message-editor/edited-message.ts';
import { MessageEditor } from '../../app/message-editor/message-editor.tsx';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import css from './held.module.css';
import pane from './intercept.module.css';

/** Answers a held CALL in place of its receiver, who never sees it. */
export function AnswerForm({ message, open }: { message: HeldMessage; open: boolean }): ReactNode {
  const [kind, setKind] = useState<'result' | 'error'>('result');
  const kinds = (
    <fieldset className={css.kinds} aria-label="Kind of answer">
      {(['result', 'error'] as const).map((one) => (
        <label key={one} className={pane.option}>
          <input type="radio" name="answer" checked={kind === one} onChange={() => setKind(one)} />
          {one === 'result' ? 'Result' : 'Error'}
        </label>
      ))}
    </fieldset>
  );
  const Form = kind === 'result' ? Result : ErrorAnswer;
  return (
    <div className={css.answer}>
      <Form message={message} open={open} kinds={kinds} />
    </div>
  );
}

interface FormProps {
  readonly message: HeldMessage;
  readonly open: boolean;
  /** The choice between the forms. */
  readonly kinds: ReactNode;
}

function Result({ message, open, kinds }: FormProps): ReactNode {
  const { interception, timing } = useWorkbench();
  const { id, version, action, direction } = message;
  const filled = (fill: 'required' | 'everything'): string => {
    const schema = version && action ? schemaOf(version, action, 'response') : undefined;
    const now = new Date(timing.wall()).toISOString();
    return JSON.stringify(schema ? template(schema, { fill, now }) : {}, null, 2);
  };
  const [text, setText] = useState(() => filled('required'));
  const payload = useMemo(() => objectIn(text), [text]);
  const edited: EditedMessage = { version, direction: opposite(direction), part: 'response', action };
  const send = (): void => {
    if (open && payload) void interception.decide(id, { kind: 'result', payload });
  };
  return (
    <>
      <div className={css.actions}>
        {kinds}
        <Button look="primary" disabled={!open || !payload} onClick={send}>
          Answer with result
        </Button>
        <Button title="Only what must be there" onClick={() => setText(filled('required'))}>
          Required only
        </Button>
        <Button title="Everything that may be there" onClick={() => setText(filled('everything'))}>
          Everything
        </Button>
        {!payload && <span className={css.invalid}>A result is a JSON object.</span>}
      </div>
      <div className={css.fill}>
        <MessageEditor label="Payload of the result" value={text} onChange={setText} message={edited} onSend={send} />
      </div>
    </>
  );
}

function ErrorAnswer({ message, open, kinds }: FormProps): ReactNode {
  const { interception } = useWorkbench();
  const codes: readonly string[] = message.version === '1.6' ? RPC_ERROR_CODES_1_6 : RPC_ERROR_CODES_2;
  const [code, setCode] = useState('InternalError');
  const [description, setDescription] = useState('');
  const [text, setText] = useState('{}');
  const details = useMemo(() => objectIn(text), [text]);
  const id = useId();
  return (
    <>
      <div className={css.actions}>
        {kinds}
        <Button
          look="primary"
          disabled={!open || !details}
          onClick={() => details && void interception.decide(message.id, { kind: 'error', code, description, details })}
        >
          Answer with error
        </Button>
        <Choice
          label="Error code"
          options={codes.map((value) => ({ value, label: value }))}
          value={code}
          onChange={(next) => next && setCode(next)}
        />
      </div>
      <div className={css.fields}>
        <label htmlFor={`${id}-description`}>Description</label>
        <input
          id={`${id}-description`}
          className={css.expression}
          maxLength={1000}
          value={description}
          onChange={({ currentTarget: { value } }) => setDescription(value)}
        />
        <label htmlFor={`${id}-details`}>Details, a JSON object</label>
        <textarea
          id={`${id}-details`}
          className={css.details}
          spellCheck={false}
          aria-invalid={!details}
          value={text}
          onChange={({ currentTarget: { value } }) => setText(value)}
        />
      </div>
    </>
  );
}

function objectIn(text: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(text);
    return isJsonObject(value) ? value : null;
  } catch {
    return null;
  }
}
