import { reply } from '../reply.ts';
import { because, type Common } from './station-2.ts';

/** Block D. */
export const LOCAL_AUTH_LIST: Common<'GetLocalListVersion' | 'SendLocalList'> = {
  /** D02.FR.02, FR.03: 0 where the list is not in use. */
  GetLocalListVersion: (_request, { core, model }) =>
    reply({ versionNumber: model.localListEnabled() ? core.localList.version : 0 }),

  SendLocalList({ versionNumber, updateType, localAuthorizationList = [] }, { core, model }) {
    if (!model.localListEnabled()) return reply({ status: 'Failed', ...because('NotEnabled') });
    // D01.FR.16: only a differential update leaves out what an identifier is worth, to remove it.
    if (updateType === 'Full' && localAuthorizationList.some(({ idTokenInfo }) => !idTokenInfo)) {
      return reply({ status: 'Failed', ...because('MissingParam', 'idTokenInfo') });
    }
    const changes = localAuthorizationList.map(({ idToken, idTokenInfo }) => ({
      token: idToken.idToken,
      entry: idTokenInfo && {
        accepted: idTokenInfo.status === 'Accepted',
        expiresAt:
          idTokenInfo.cacheExpiryDateTime === undefined ? undefined : Date.parse(idTokenInfo.cacheExpiryDateTime),
      },
    }));
    return reply({ status: core.localList.update(updateType, versionNumber, changes) });
  },
};
