import type { Command } from 'commander';
import type { MaskOptions } from '../session/secrets/frame.ts';

/** What a user says about secrets in what is written. */
export interface SecretsOptions {
  readonly maskIdtokens?: boolean;
  readonly keepSecrets?: boolean;
}

/** Adds `--mask-idtokens` and `--keep-secrets`. */
export function addSecretsOptions(command: Command): Command {
  return command
    .option('--mask-idtokens', 'mask identification tokens (1.6: idTag) too, which are personal data')
    .option('--keep-secrets', 'keep passwords and keys, which are masked otherwise');
}

/** What is taken out; nothing where it is null. */
export function maskOf({ maskIdtokens, keepSecrets }: SecretsOptions): MaskOptions | null {
  return keepSecrets === true ? null : { idTokens: maskIdtokens === true };
}
