import { reply } from '../reply.ts';
import type { Handlers16 } from './station-1.6.ts';

/** Profile "LocalAuthListManagement" of 1.6. */
export const LOCAL_AUTH_LIST: Handlers16<'GetLocalListVersion' | 'SendLocalList'> = {
  /** 5.10: -1 where the list is not in use. */
  GetLocalListVersion: (_request, { core, configuration }) =>
    reply({ listVersion: configuration.localListEnabled() ? core.localList.version : -1 }),

  SendLocalList({ listVersion, localAuthorizationList = [], updateType }, { core, configuration }) {
    if (!configuration.localListEnabled()) return reply({ status: 'NotSupported' });
    // 7.1: in a full list every entry says what it is worth.
    if (updateType === 'Full' && localAuthorizationList.some(({ idTagInfo }) => !idTagInfo)) {
      return reply({ status: 'Failed' });
    }
    const changes = localAuthorizationList.map(({ idTag, idTagInfo }) => ({
      token: idTag,
      entry: idTagInfo && {
        accepted: idTagInfo.status === 'Accepted',
        expiresAt: idTagInfo.expiryDate === undefined ? undefined : Date.parse(idTagInfo.expiryDate),
      },
    }));
    return reply({ status: core.localList.update(updateType, listVersion, changes) });
  },
};
