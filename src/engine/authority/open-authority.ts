import { success } from '../../session/outcome.ts';
import { listenResponder } from '../net/responder.ts';
import { revocationClient } from '../net/revocation-client.ts';
import { AuthorityDesk, type DeskOptions } from './authority-desk.ts';
import { machineNames } from './machine-names.ts';

/** The bench certificate authority of a folder, on this machine and its network. */
export function openAuthority(
  options: Pick<DeskOptions, 'clock' | 'folder' | 'vault' | 'stationPort'> & Partial<Pick<DeskOptions, 'listen'>>,
): AuthorityDesk {
  return new AuthorityDesk({
    machine: machineNames,
    listen: listenResponder,
    ...options,
    revocation: revocationClient(options.clock),
  });
}

/**
 * Opens no port, for who is gone before anybody asks: certificates then name the one that the folder had before, or would
 * have first.
 */
export const withoutListening: DeskOptions['listen'] = async (port) => success({ port, close: async () => {} });
