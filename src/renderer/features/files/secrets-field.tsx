import type { ReactNode } from 'react';
import type { SecretsChoice } from '../../../bridge/methods/files.ts';
import css from './files.module.css';

const CHOICES = [
  {
    value: 'masked',
    label: 'Mask passwords and keys',
    about: 'Authorization headers, AuthorizationKey, BasicAuthPassword, private keys, passwords in URLs',
  },
  {
    value: 'masked-tokens',
    label: 'Mask identification tokens too',
    about: 'idTag and idToken, which are personal data',
  },
  { value: 'kept', label: 'Keep everything', about: 'Whoever gets the file can use what is in it' },
] as const satisfies readonly { value: SecretsChoice; label: string; about: string }[];

/** What becomes of secrets in a file that goes out. */
export function SecretsField({
  value,
  onChange,
}: {
  value: SecretsChoice;
  onChange: (value: SecretsChoice) => void;
}): ReactNode {
  return (
    <fieldset className={css.field}>
      <legend>Secrets</legend>
      {CHOICES.map((choice) => (
        <label key={choice.value} className={css.choice}>
          <input type="radio" name="secrets" checked={value === choice.value} onChange={() => onChange(choice.value)} />
          <span>
            {choice.label}
            <small>{choice.about}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
