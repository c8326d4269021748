import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOcppVersion, newestCommonVersion, OCPP_VERSIONS, SUBPROTOCOL_OF, versionOfSubprotocol } from './version.ts';

describe('subprotocols', () => {
  it('stand for the versions (part 4, table 1)', () => {
    expect(['ocpp1.6', 'ocpp2.0.1', 'ocpp2.1'].map(versionOfSubprotocol)).toEqual(['1.6', '2.0.1', '2.1']);
    expect(OCPP_VERSIONS.map((version) => versionOfSubprotocol(SUBPROTOCOL_OF[version]))).toEqual([...OCPP_VERSIONS]);
  });

  it('that are not spoken here stand for none', () => {
    for (const name of ['', 'ocpp1.5', 'ocpp2.0', 'OCPP1.6', 'ocpp1.6 ', '1.6', 'constructor']) {
      expect(versionOfSubprotocol(name)).toBeUndefined();
    }
  });

  it('tell a version from any other text', () => {
    expect(['1.6', '2.0.1', '2.1', '2.0', '', 'ocpp2.1'].filter(isOcppVersion)).toEqual(['1.6', '2.0.1', '2.1']);
  });
});

describe('negotiation', () => {
  it('takes the newest version that both sides speak, whatever the order of the offer', () => {
    expect(newestCommonVersion(['ocpp1.6', 'ocpp2.1', 'ocpp2.0.1'])).toBe('2.1');
    expect(newestCommonVersion(['ocpp2.0.1', 'ocpp1.6'])).toBe('2.0.1');
    expect(newestCommonVersion(['ocpp2.1', 'ocpp1.6'], ['1.6', '2.0.1'])).toBe('1.6');
  });

  it('takes none where there is none in common', () => {
    expect(newestCommonVersion([])).toBeUndefined();
    expect(newestCommonVersion(['ocpp1.5', 'soap'])).toBeUndefined();
    expect(newestCommonVersion(['ocpp2.1'], ['1.6'])).toBeUndefined();
  });

  it('does not depend on the order of the offer', () => {
    const names = fc.shuffledSubarray([...Object.values(SUBPROTOCOL_OF), 'ocpp1.5', 'mqtt']);
    fc.assert(
      fc.property(names, (offered) => {
        expect(newestCommonVersion(offered)).toBe(newestCommonVersion([...offered].sort()));
      }),
    );
  });
});
