import { afterEach, describe, expect, it } from 'vitest';
import type { ListenerSecurity } from '../../bridge/security.ts';
import { type OcppVersion, SUBPROTOCOL_OF } from '../../ocpp/version.ts';
import type { LinkRemark, TlsFacts } from '../../session/link.ts';
import { failure, success } from '../../session/outcome.ts';
import { basicAuthorization } from '../admission/basic-credentials.ts';
import type { ListenOptions, Network } from '../net/socket.ts';
import { fakeCredentials } from '../testing/fake-credentials.ts';
import { handshake, rawPeer } from '../testing/raw-peer.ts';
import { until } from '../testing/until.ts';
import { createCertificateDesk, SIGNED_MAX } from './certificate-desk.ts';
import { certificateOwner } from './certificate-owner.ts';
import type { CsmsOptions } from './csms.ts';
import { type CsmsUnderTest, startCsms } from './testing/csms.ts';
import { dialStation } from './testing/station.ts';

const PASSWORD = 'correct horse battery';

let running: CsmsUnderTest | undefined;

async function start(options: Partial<CsmsOptions>): Promise<CsmsUnderTest> {
  running = await startCsms(options);
  return running;
}

const profile1: ListenerSecurity = { profile: 1, password: PASSWORD };
const authorized = (password: string, user = 'CS-1') => ({ Authorization: basicAuthorization(user, password) });

afterEach(async () => {
  await running?.stop();
  running = undefined;
});

describe('a CSMS of security profile 1', () => {
  it('asks for a password, and lets in who has it (A00.FR.202)', async () => {
    const { csms, recorder, url } = await start({ security: profile1 });
    const peer = await rawPeer(csms.port);
    peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }));
    const answer = await peer.expect('\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    expect(answer).toContain('WWW-Authenticate: Basic realm="Plugscope", charset="UTF-8"\r\n');
    peer.socket.destroy();
    const station = await dialStation(`${url}/CS-1`, ['ocpp2.1'], { headers: authorized(PASSWORD) });
    expect(await station.ask('Heartbeat', {})).toMatchObject({ 0: 3 });
    station.ws.terminate();
    expect(recorder.links).toMatchObject([
      { opening: { policy: { profile: 1 } }, negotiation: { status: 401, code: 'no-credentials' } },
      { opening: { policy: { profile: 1 } }, negotiation: { status: 101, version: '2.1' } },
    ]);
  });

  it('keeps passwords out of what is recorded', async () => {
    const { recorder, url } = await start({ security: profile1 });
    await expect(dialStation(`${url}/CS-1`, ['ocpp2.1'], { headers: authorized('S3CRET') })).rejects.toThrow('401');
    const station = await dialStation(`${url}/CS-1`, ['ocpp2.1'], { headers: authorized(PASSWORD) });
    station.ws.terminate();
    const all = JSON.stringify(recorder.links);
    expect(all).toContain('Basic ******');
    for (const secret of ['S3CRET', PASSWORD]) {
      expect(all).not.toContain(secret);
      expect(all).not.toContain(Buffer.from(`CS-1:${secret}`).toString('base64'));
    }
  });

  it.each<[OcppVersion, string, object, object, string | null]>([
    ['1.6', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'A1B2C3' }, { status: 'Accepted' }, PASSWORD],
    ['1.6', 'ChangeConfiguration', { key: 'AuthorizationKey', value: 'A1B2C3' }, { status: 'Accepted' }, null],
    [
      '2.0.1',
      'SetVariables',
      {
        setVariableData: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            attributeValue: 'A1B2C3',
          },
        ],
      },
      {
        setVariableResult: [
          {
            component: { name: 'SecurityCtrlr' },
            variable: { name: 'BasicAuthPassword' },
            attributeStatus: 'Accepted',
          },
        ],
      },
      PASSWORD,
    ],
  ])(
    'takes the password that a station of %s has accepted, and no other, any one before it included (A01.FR.03)',
    async (version, action, request, response, password) => {
      const { csms, url } = await start({ security: { profile: 1, password } });
      const dial = (password: string) =>
        dialStation(`${url}/CS-1`, [SUBPROTOCOL_OF[version]], { headers: authorized(password) });
      const station = await dial(PASSWORD);
      const called = csms.call('CS-1', action, request as never);
      const [, messageId] = await station.next();
      station.ws.send(JSON.stringify([3, messageId, response]));
      expect(await called).toMatchObject({ ok: true, value: { kind: 'result' } });
      station.ws.terminate();
      await expect(dial(PASSWORD)).rejects.toThrow('401');
      const again = await dial('A1B2C3');
      again.ws.terminate();
    },
  );

  it('counts one that was sent as it was typed, and one that is accepted late', async () => {
    const { csms, url } = await start({ security: { profile: 1, password: null } });
    const dial = (password: string) => dialStation(`${url}/CS-1`, ['ocpp1.6'], { headers: authorized(password) });
    const station = await dial(PASSWORD);
    const link = await until(() => csms.legs()[0]?.link);
    csms.peers.raw(
      link,
      Buffer.from('[2,"r","ChangeConfiguration",{"key":"AuthorizationKey","value":"typed"}]'),
      false,
    );
    await station.next();
    station.ws.send('[3,"r",{"status":"Accepted"}]');
    await until(() => csms.security().passwords);
    await expect(dial(PASSWORD)).rejects.toThrow('401');
    station.ws.terminate();
    (await dial('typed')).ws.terminate();
  });
});

describe('what a CSMS asks of its port', () => {
  /** A network on which nothing is listened to, that keeps what it was asked for. */
  function heldNetwork(): Network & { asked?: ListenOptions } {
    const network: Network & { asked?: ListenOptions } = {
      async listen(options) {
        network.asked = options;
        return success({ port: 1, moved: false, close: async () => {} });
      },
      connect: () => Promise.reject(new Error('nobody connects')),
    };
    return network;
  }

  it('is what its security says', async () => {
    const network = heldNetwork();
    await start({
      network,
      credentials: fakeCredentials(),
      security: { profile: 3, password: null, compression: true },
      limits: { connections: 5 },
    });
    expect(network.asked).toMatchObject({
      tls: { asksCertificate: true, credentials: [{ chain: 'csms own' }] },
      compression: true,
      limits: { connections: 5 },
    });
    expect([...(network.asked?.files?.keys() ?? [])]).toEqual(['/plugscope-root.pem']);
  });

  it('cannot be had without certificates', async () => {
    const credentials = fakeCredentials({ ofCsms: async () => failure('gone', 'There is none.') });
    await expect(start({ credentials, security: { profile: 2, password: null } })).rejects.toThrow('There is none.');
  });

  it('tells of what never became a handshake, which is recorded', async () => {
    const network = heldNetwork();
    const { recorder } = await start({ network });
    network.asked?.onAttempt?.({
      kind: 'tls',
      remoteAddress: '10.0.0.1:5',
      target: '',
      headers: [],
      code: 'tls-version',
      sentence: 'It speaks TLS 1.0.',
      tls: { protocol: '', cipher: '', offered: { protocols: ['TLSv1'], ciphers: [] } },
    });
    expect(recorder.links).toMatchObject([
      {
        opening: { station: '', attempt: 'tls', remoteAddress: '10.0.0.1:5', policy: { profile: 0 } },
        negotiation: { code: 'tls-version', failure: 'It speaks TLS 1.0.', tls: { offered: { protocols: ['TLSv1'] } } },
      },
    ]);
  });
});

it('takes the versions that it is set to alone, and says so', async () => {
  const { csms, recorder, url } = await start({ security: { profile: 0, password: null, versions: ['2.0.1', '2.1'] } });
  const peer = await rawPeer(csms.port);
  peer.write(handshake('/CS-1', { 'Sec-WebSocket-Protocol': 'ocpp1.6' }));
  await peer.expect('no OCPP version in common');
  peer.socket.destroy();
  expect(recorder.links[0]).toMatchObject({
    opening: { policy: { versions: ['2.0.1', '2.1'] } },
    negotiation: {
      status: 101,
      code: 'no-common-version',
      failure: 'The station offered ocpp1.6 alone; this CSMS accepts ocpp2.0.1 and ocpp2.1.',
    },
  });
  const station = await dialStation(`${url}/CS-1`, ['ocpp1.6', 'ocpp2.0.1']);
  expect(station.ws.protocol).toBe('ocpp2.0.1');
  station.ws.terminate();
});

describe('a request for a certificate', () => {
  const signing = fakeCredentials({
    sign: async (csr, use) => (csr === 'good' ? success(`chain for ${use}`) : failure('bad-csr', 'It is no request.')),
  });

  it.each<[OcppVersion, object, object]>([
    ['1.6', {}, { certificateChain: 'chain for ChargingStationCertificate' }],
    ['2.0.1', {}, { certificateChain: 'chain for ChargingStationCertificate' }],
    [
      '2.0.1',
      { certificateType: 'V2GCertificate' },
      { certificateChain: 'chain for V2GCertificate', certificateType: 'V2GCertificate' },
    ],
    [
      '2.1',
      { certificateType: 'V2G20Certificate', requestId: 7 },
      { certificateChain: 'chain for V2G20Certificate', certificateType: 'V2G20Certificate', requestId: 7 },
    ],
  ])('of %s with %j is Accepted, and the certificate follows (A02.FR.11)', async (version, more, signed) => {
    const { station: connect } = await start({ credentials: signing });
    const station = await connect([SUBPROTOCOL_OF[version]]);
    expect(await station.ask('SignCertificate', { csr: 'good', ...more } as never)).toEqual([
      3,
      'c1',
      { status: 'Accepted' },
    ]);
    expect(await station.next()).toEqual([2, expect.any(String), 'CertificateSigned', signed]);
  });

  it.each<[OcppVersion, object]>([
    ['1.6', {}],
    ['2.0.1', { statusInfo: { reasonCode: 'InvalidCSR', additionalInfo: 'It is no request.' } }],
    ['2.1', { statusInfo: { reasonCode: 'InvalidCSR', additionalInfo: 'It is no request.' } }],
  ])('of %s that is none is Rejected, and nothing follows (A02.FR.12)', async (version, why) => {
    const { station: connect } = await start({ credentials: signing });
    const station = await connect([SUBPROTOCOL_OF[version]]);
    const rejected = [3, 'c1', { status: 'Rejected', ...why }];
    expect(await station.ask('SignCertificate', { csr: 'bad' })).toEqual(rejected);
    expect(await station.ask('Heartbeat', {})).toEqual([3, 'c2', expect.anything()]);
  });
});

it('signs no certificates without end, however often it is asked for sound and unsound ones', async () => {
  let signed = 0;
  const desk = createCertificateDesk({
    sign: async (csr) => (csr === 'good' ? success(`chain ${++signed}`) : failure('bad-csr', 'It is no request.')),
  });
  for (let request = 0; request < SIGNED_MAX + 5; request++) {
    await desk.sign('2.1', { csr: 'bad' });
    await desk.sign('2.1', { csr: 'good' });
  }
  expect(signed).toBe(SIGNED_MAX);
  expect(await desk.sign('2.1', { csr: 'good' })).toMatchObject({ response: { status: 'Rejected' } });
});

describe('the certificate of a station that boots (A00.FR.405)', () => {
  const tls = (subject: string) => ({ chain: [{ subject }] }) as unknown as TlsFacts;
  const boot = { vendor: 'V', model: 'M', at: 0 };

  it.each<[string, string | undefined, LinkRemark['severity'] | undefined]>([
    ['CN=SN-1,O=CSO', 'SN-1', undefined],
    ['O=CSO,CN=Vendor SN-1', 'SN-1', undefined],
    ['CN=SN\\,1', 'SN,1', undefined],
    ['CN=SN-2,O=SN-1', 'SN-1', 'warning'],
    ['O=CSO', 'SN-1', 'warning'],
    ['CN=SN-2', undefined, 'info'],
  ])('%s for the serial number %s: %s', (subject, serialNumber, severity) => {
    expect(certificateOwner(tls(subject), { ...boot, serialNumber })?.severity).toBe(severity);
  });

  it('is nothing to speak of where there is none', () => {
    expect(certificateOwner(undefined, boot)).toBeUndefined();
  });
});

it('ends a link that is to be ended', async () => {
  const { csms, recorder, station: connect } = await start({});
  const station = await connect(['ocpp2.1']);
  const link = await until(() => csms.legs()[0]?.link);
  expect(csms.disconnect(link)).toBe(true);
  await until(() => station.closed);
  expect(station.closed).toMatchObject({ code: 1001 });
  await until(() => recorder.links[0]?.closing);
  expect(csms.disconnect(link)).toBe(false);
});
