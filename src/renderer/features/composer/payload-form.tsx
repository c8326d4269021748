import { Plus, Trash2 } from 'lucide-react';
import { createContext, memo, type ReactNode, useContext, useId, useMemo, useState } from 'react';
import type { JsonSchema } from '../../../ocpp/json-schema.ts';
import { added, itemAdded, removed, typed } from '../../../session/compose/edit.ts';
import { type FormField, formOf } from '../../../session/compose/form.ts';
import { visibleLine } from '../../app/visible-text.ts';
import { IconButton } from '../../components/button.tsx';
import controls from './controls.module.css';
import { FieldValue } from './field-value.tsx';
import { descriptionOf, limitsOf } from './field-words.ts';
import css from './form.module.css';
import { NOW } from './template-text.ts';

/** Longer payloads are edited as text alone. In UTF-16 code units. */
const FORM_MAX = 200_000;

interface FormContext {
  readonly document: string;
  readonly root: JsonSchema;
  readonly sentences: ReadonlyMap<string, string>;
  change(document: string): void;
  explain(field: FormField | null): void;
}

const Context = createContext<FormContext | null>(null);

function useForm(): FormContext {
  const context = useContext(Context);
  if (!context) throw new Error('A field was rendered outside of a form.');
  return context;
}

/** A payload as a form of its schema. The text is what counts: the form reads it and edits it in place. */
export function PayloadForm({
  schema,
  document,
  sentences,
  onChange,
}: {
  schema: JsonSchema;
  document: string;
  /** What is wrong, by JSON pointer. */
  sentences: ReadonlyMap<string, string>;
  onChange: (document: string) => void;
}): ReactNode {
  const [explained, setExplained] = useState<FormField | null>(null);
  const tooLong = document.length > FORM_MAX;
  const form = useMemo(() => (tooLong ? undefined : formOf(schema, document)), [schema, document, tooLong]);
  const context = useMemo(
    () => ({ document, root: schema, sentences, change: onChange, explain: setExplained }),
    [schema, document, sentences, onChange],
  );
  if (!form) {
    return (
      <p className={controls.hint}>
        {tooLong
          ? 'This payload is too long for a form; edit its text.'
          : 'The text is no JSON object, so there is no form of it. Correct the text, or undo.'}
      </p>
    );
  }
  return (
    <Context value={context}>
      <form className={css.form} aria-label="Payload" noValidate onSubmit={(event) => event.preventDefault()}>
        <div className={css.fields}>
          <AllMembers field={form} />
        </div>
        <Explained field={explained} />
      </form>
    </Context>
  );
}

function Explained({ field }: { field: FormField | null }): ReactNode {
  return (
    <div className={css.explained} role="note" aria-label="About the field">
      {field ? (
        <>
          <b>{visibleLine(field.name, 60)}</b> <span className={css.limits}>{limitsOf(field)}</span>{' '}
          {descriptionOf(field)}
        </>
      ) : (
        <span className={css.limits}>Point at a field to read what it is.</span>
      )}
    </div>
  );
}

/** The properties of an object: those that are there, then those that can be ticked. */
function Members({ field }: { field: FormField }): ReactNode {
  const there = field.children.filter(({ written }) => written !== undefined);
  const missing = field.children.filter(({ written }) => written === undefined);
  return (
    <>
      {there.map((child) => (
        <Member key={child.pointer} parent={field} field={child} />
      ))}
      {missing.length > 0 && (
        <div className={css.missing}>
          {missing.map((child) => (
            <Tick key={child.pointer} parent={field} field={child} />
          ))}
        </div>
      )}
    </>
  );
}

/** The whole form; what is explained below it does not render it anew. */
const AllMembers = memo(Members);

/** A property with its box, which says whether it is there. */
function Tick({ parent, field }: { parent: FormField; field: FormField }): ReactNode {
  const { document, root, change, explain } = useForm();
  const there = field.written !== undefined;
  return (
    <label
      className={`${css.tick} ${field.required ? css.required : ''} ${field.required && !there ? css.lacking : ''}`}
      onMouseEnter={() => explain(field)}
    >
      <input
        type="checkbox"
        checked={there}
        onFocus={() => explain(field)}
        onChange={() => change(there ? removed(document, field) : added(document, parent, field, root, NOW))}
      />
      <span>{visibleLine(field.name, 60)}</span>
      {field.required && <span className="visually-hidden">(required)</span>}
    </label>
  );
}

function Member({ parent, field }: { parent: FormField; field: FormField }): ReactNode {
  return (
    <Row field={field} head={<Tick parent={parent} field={field} />} label={field.name}>
      {field.schema === undefined && <span className={css.unknown}>not in the schema</span>}
    </Row>
  );
}

/** A field with what belongs to it. */
function Row({
  field,
  head,
  label,
  children,
}: {
  field: FormField;
  head: ReactNode;
  label: string;
  children?: ReactNode;
}): ReactNode {
  const { document, sentences, change, explain } = useForm();
  const id = useId();
  const wrong = sentences.get(field.pointer);
  const errorId = wrong === undefined ? undefined : `${id}-error`;
  const nested = field.written?.type === 'object' || field.written?.type === 'array';
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at it only shows its explanation, as focus does
    <div
      className={nested ? undefined : css.row}
      onFocus={(event) => {
        event.stopPropagation();
        explain(field);
      }}
      onMouseOver={(event) => {
        event.stopPropagation();
        explain(field);
      }}
    >
      <div className={css['row-head']}>
        {head}
        {!nested && (
          <span className={css.value}>
            <label htmlFor={id} className="visually-hidden">
              {label}
            </label>
            <FieldValue
              field={field}
              id={id}
              invalid={wrong !== undefined}
              describedBy={errorId}
              onChange={(text) => change(typed(document, field, text))}
            />
          </span>
        )}
        {children}
      </div>
      {wrong !== undefined && (
        <p id={errorId} className={controls.wrong}>
          {visibleLine(wrong, 300)}
        </p>
      )}
      {nested && (
        <div className={css.inner}>{field.kind === 'list' ? <Items field={field} /> : <Members field={field} />}</div>
      )}
    </div>
  );
}

function Items({ field }: { field: FormField }): ReactNode {
  const { document, root, change } = useForm();
  const full = field.children.length >= (field.schema?.maxItems ?? Number.POSITIVE_INFINITY);
  return (
    <>
      {field.children.map((item, index) => (
        <Row
          key={item.pointer}
          field={item}
          label={`${field.name} ${index + 1}`}
          head={<span className={css.index}>{index + 1}</span>}
        >
          <IconButton
            label={`Remove ${visibleLine(field.name, 60)} ${index + 1}`}
            onClick={() => change(removed(document, item))}
          >
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </Row>
      ))}
      <button
        type="button"
        className={css.add}
        title={full ? 'One more than the schema allows' : undefined}
        onClick={() => change(itemAdded(document, field, root, NOW))}
      >
        <Plus size={14} aria-hidden />
        {`Add to ${visibleLine(field.name, 60)}`}
      </button>
    </>
  );
}
