import { listenResponder } from '../net/responder.ts';
import { AuthorityDesk, type DeskOptions } from './authority-desk.ts';
import { machineNames } from './machine-names.ts';

/** The bench certificate authority of a folder, on this machine and its network. */
export function openAuthority(options: Pick<DeskOptions, 'clock' | 'folder' | 'vault' | 'stationPort'>): AuthorityDesk {
  return new AuthorityDesk({
    ...options,
    machine: machineNames,
    listen: listenResponder,
    revocation: async () => ({
      state: 'not-known',
      sentence: 'The bench did not issue it, and nobody else was asked.',
    }),
  });
}
