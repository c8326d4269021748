import { type FormEvent, type ReactNode, useState } from 'react';
import type { BenchRole, BenchSetup } from '../../../bridge/contract.ts';
import { useWorkbench } from '../../app/workbench.ts';
import { Button } from '../../components/button.tsx';
import { Popover } from '../../components/popover.tsx';
import { RoleFields } from './role-fields.tsx';
import { type FormErrors, formOf, type SetupForm, setupOf } from './setup-form.ts';
import css from './topology.module.css';

const ROLES = [
  { role: 'proxy', name: 'Proxy', about: 'Stations connect here; each is passed on to a CSMS and watched on the way.' },
  { role: 'csms', name: 'CSMS only', about: 'Stations connect here and are answered by the built-in CSMS.' },
  { role: 'station', name: 'Station only', about: 'The built-in station connects to a CSMS of yours.' },
] as const satisfies readonly { role: BenchRole; name: string; about: string }[];

/** The button that shows the role and the form that changes it, while everything runs. */
export function RoleForm({ setup }: { setup: BenchSetup }): ReactNode {
  const [open, setOpen] = useState(false);
  const name = ROLES.find(({ role }) => role === setup.role)?.name;
  return (
    <Popover
      title="Role of Plugscope"
      align="end"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button title="Change role, ports and ends">{`Role: ${name}`}</Button>}
    >
      <Form setup={setup} onDone={() => setOpen(false)} />
    </Popover>
  );
}

function Form({ setup, onDone }: { setup: BenchSetup; onDone: () => void }): ReactNode {
  const { api, learn } = useWorkbench();
  const [form, setForm] = useState(() => formOf(setup));
  const [errors, setErrors] = useState<FormErrors>({});
  const [refusal, setRefusal] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const change = (part: Partial<SetupForm>): void => setForm({ ...form, ...part });

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const wanted = setupOf(form);
    setErrors('errors' in wanted ? wanted.errors : {});
    setRefusal(null);
    if ('errors' in wanted) return;
    setBusy(true);
    const outcome = await api()
      ?.['bench.configure'](wanted.setup)
      .catch(() => null);
    setBusy(false);
    if (outcome?.ok) {
      learn({ bench: outcome.value });
      onDone();
    } else setRefusal(outcome ? outcome.error.sentence : 'The engine does not answer; try again.');
  };

  return (
    <form className={css.form} noValidate onSubmit={(event) => void submit(event)}>
      <div className={css.fields}>
        <fieldset className={css.roles} aria-label="Role">
          {ROLES.map(({ role, name }) => (
            <label key={role} className={css.role}>
              <input type="radio" name="role" checked={form.role === role} onChange={() => change({ role })} />
              {name}
            </label>
          ))}
        </fieldset>
        <p className={css.about}>{ROLES.find(({ role }) => role === form.role)?.about}</p>
        <RoleFields form={form} errors={errors} onChange={change} />
      </div>
      {refusal !== null && (
        <p className={css.error} role="alert">
          {refusal}
        </p>
      )}
      <div className={css.buttons}>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" look="primary" disabled={busy}>
          Apply
        </Button>
      </div>
    </form>
  );
}
