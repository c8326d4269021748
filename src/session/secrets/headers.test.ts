import { describe, expect, it } from 'vitest';
import { maskOpening, maskUrl } from './headers.ts';

describe('what is known of a link without its secrets', () => {
  it.each(['Authorization', 'authorization', 'AUTHORIZATION', 'Proxy-Authorization', 'cookie', 'Set-Cookie'])(
    'has no value of %s but its scheme',
    (name) => {
      const opening = { url: '/CS-1', requestHeaders: [[name, 'Basic Q1MtMTpTM0NSRVQ='] as const] };
      expect(maskOpening(opening).requestHeaders).toEqual([[name, 'Basic ******']]);
    },
  );

  it('has other headers, and all else, as they are', () => {
    const opening = {
      url: '/CS-1',
      requestHeaders: [['X-Authorization-Hint', 'none'] as const],
      policy: { profile: 2, versions: ['2.1'] } as const,
      attempt: 'http' as const,
    };
    expect(maskOpening(opening)).toEqual(opening);
  });

  it('has no password in its URL', () => {
    expect(maskUrl('wss://CS-1:p@ss@csms/ocpp/CS-1?token=abc&x=1')).toBe(
      'wss://CS-1:******@csms/ocpp/CS-1?token=******&x=1',
    );
  });
});
