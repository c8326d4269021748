import { beforeAll, describe, expect, it } from 'vitest';
import type { ClientSecurity } from '../../../bridge/security.ts';
import type { JsonObject } from '../../../ocpp/json.ts';
import type { OcppVersion } from '../../../ocpp/version.ts';
import { success } from '../../../session/outcome.ts';
import { readBasic } from '../../admission/basic-credentials.ts';
import { fakeCredentials } from '../../testing/fake-credentials.ts';
import { until } from '../../testing/until.ts';
import { type ControllerBench, CSMS_AHEAD, controllerBench } from '../testing/controller-bench.ts';
import { makeOperator, type Operator } from '../testing/operator.ts';

const VERSIONS = ['1.6', '2.0.1', '2.1'] as const;
const KEY = '000102030405060708090a0b0c0d0e0f10111213';
/** The time of the benches, by the clock of their CSMS. */
const NOW = Date.UTC(2030, 0, 1) + CSMS_AHEAD;

let operator: Operator;
beforeAll(async () => {
  operator = await makeOperator(NOW);
});

async function station(version: OcppVersion, security?: ClientSecurity): Promise<ControllerBench> {
  const credentials = fakeCredentials({ roots: async () => success([operator.root]) });
  const script = { SignCertificate: { status: 'Accepted' } };
  const bench = controllerBench(version, { session: 'none', security, credentials, script });
  await bench.connect();
  return bench;
}

function setPassword(bench: ControllerBench, version: OcppVersion, value: string): Promise<JsonObject> {
  if (version === '1.6') return bench.ask('ChangeConfiguration', { key: 'AuthorizationKey', value });
  const component = { name: 'SecurityCtrlr' };
  const variable = { name: 'BasicAuthPassword' };
  return bench.ask('SetVariables', { setVariableData: [{ component, variable, attributeValue: value }] });
}

function passwordOf({ security }: ControllerBench, version: OcppVersion): Buffer {
  const reading = readBasic(security.headers([version]));
  return Buffer.from(reading.kind === 'credentials' ? reading.credentials.password : []);
}

describe.each(VERSIONS)('a station of %s', (version) => {
  it('takes a new password, and connects anew with it (A01)', async () => {
    const bench = await station(version, { profile: 2, password: 'the first password' });
    expect(JSON.stringify(await setPassword(bench, version, KEY))).toContain('"Accepted"');
    expect(bench.reconnections()).toBe(1);
    // 1.6-J 6.2.2: the bytes; A00.FR.205: the text.
    expect(passwordOf(bench, version)).toEqual(Buffer.from(KEY, version === '1.6' ? 'hex' : 'utf8'));
  });

  it.each([undefined, { profile: 3 }] as const)(
    'stays connected where a password is of no use: %j',
    async (security) => {
      const bench = await station(version, security);
      await setPassword(bench, version, KEY);
      expect(bench.reconnections()).toBe(0);
    },
  );

  it.each(['short', 'x'.repeat(65)])('refuses the password %s (A00.FR.205)', async (password) => {
    const bench = await station(version, { profile: 2, password: 'the first password' });
    expect(JSON.stringify(await setPassword(bench, version, password))).toContain('"Rejected"');
    expect(passwordOf(bench, version).toString()).toBe('the first password');
    expect(bench.reconnections()).toBe(0);
  });
});

it('never tells its password in 2.x (B06.FR.09, B07.FR.03)', async () => {
  const bench = await station('2.1', { profile: 2, password: 'the first password' });
  await setPassword(bench, '2.1', KEY);
  const named = { component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } };
  const { getVariableResult } = await bench.ask('GetVariables', { getVariableData: [named] });
  expect(getVariableResult).toEqual([{ ...named, attributeType: 'Actual', attributeStatus: 'Rejected' }]);
  await bench.ask('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' });
  const reports = JSON.stringify(bench.of('NotifyReport'));
  const attribute = { type: 'Actual', mutability: 'WriteOnly', persistent: true, constant: false };
  expect(reports).toContain(`"variableAttribute":[${JSON.stringify(attribute)}]`);
  expect(reports).not.toContain(KEY);
  expect(reports).not.toContain('the first password');
  expect(bench.violations).toEqual([]);
});

it('never tells its password in 1.6 (1.6-J 6.2.2)', async () => {
  const bench = await station('1.6', { profile: 2, password: 'the first password' });
  await setPassword(bench, '1.6', KEY);
  const all = await bench.ask('GetConfiguration', {});
  expect(all.configurationKey).toContainEqual({ key: 'AuthorizationKey', readonly: false });
  expect(JSON.stringify(all)).not.toContain(KEY);
});

it.each(VERSIONS)('says in which security profile it is: %s', async (version) => {
  const bench = await station(version, { profile: 3 });
  const profile =
    version === '1.6'
      ? await bench.ask('GetConfiguration', { key: ['SecurityProfile'] })
      : await bench.ask('GetVariables', {
          getVariableData: [{ component: { name: 'SecurityCtrlr' }, variable: { name: 'SecurityProfile' } }],
        });
  expect(JSON.stringify(profile)).toMatch(/"(value|attributeValue)":"3"/);
});

describe.each(VERSIONS)('a certificate of its own in %s', (version) => {
  const trigger = (bench: ControllerBench) =>
    version === '1.6'
      ? bench.ask('ExtendedTriggerMessage', { requestedMessage: 'SignChargePointCertificate' })
      : bench.ask('TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' });

  async function asked(bench: ControllerBench): Promise<JsonObject> {
    const before = bench.of('SignCertificate').length;
    expect(await trigger(bench)).toEqual({ status: 'Accepted' });
    await until(() => bench.of('SignCertificate').length > before);
    return bench.of('SignCertificate').at(-1) ?? {};
  }

  const signed = (certificateChain: string, request: JsonObject): JsonObject => ({
    certificateChain,
    ...(request.requestId === undefined ? {} : { requestId: request.requestId }),
  });

  it('is asked for with a key of its own, and taken (A02)', async () => {
    const bench = await station(version, { profile: 3 });
    const request = await asked(bench);
    expect(Object.keys(request).toSorted()).toEqual(
      { '1.6': ['csr'], '2.0.1': ['certificateType', 'csr'], '2.1': ['certificateType', 'csr', 'requestId'] }[version],
    );
    const chain = await operator.sign(String(request.csr));
    expect(await bench.ask('CertificateSigned', signed(chain, request))).toEqual({ status: 'Accepted' });
    expect(bench.reconnections()).toBe(1);
    const tls = await bench.security.tls('wss://csms.example/', []);
    expect(tls).toMatchObject({ ok: true, value: { credential: { key: expect.stringContaining('PRIVATE KEY') } } });
    expect(bench.violations).toEqual([]);
    expect(await bench.ask('CertificateSigned', signed(chain, request))).toMatchObject({ status: 'Rejected' });
  });

  it('is kept without a new connection where the profile has no use for it', async () => {
    const bench = await station(version, { profile: 2, password: 'the first password' });
    const request = await asked(bench);
    const chain = await operator.sign(String(request.csr));
    expect(await bench.ask('CertificateSigned', signed(chain, request))).toEqual({ status: 'Accepted' });
    expect(bench.reconnections()).toBe(0);
  });

  it('is Rejected where it is no good, and that is a security event (A02.FR.07)', async () => {
    const bench = await station(version, { profile: 3 });
    const first = await asked(bench);
    const second = await asked(bench);
    const chain = await operator.sign(String(first.csr));
    expect(await bench.ask('CertificateSigned', signed(chain, second))).toMatchObject({ status: 'Rejected' });
    const type = version === '1.6' ? 'InvalidChargePointCertificate' : 'InvalidChargingStationCertificate';
    expect(bench.of('SecurityEventNotification')).toMatchObject([
      { type, techInfo: expect.stringContaining('another key') },
    ]);
    expect(bench.reconnections()).toBe(0);
    expect(bench.violations).toEqual([]);
  });

  it('is Rejected where none was asked for', async () => {
    const bench = await station(version);
    expect(await bench.ask('CertificateSigned', { certificateChain: 'x' })).toMatchObject({ status: 'Rejected' });
    expect(bench.of('SecurityEventNotification')).toEqual([]);
  });

  it('is asked for again after times that double, until that is enough (A02.FR.17 to FR.19)', async () => {
    const bench = await station(version, { profile: 3 });
    await asked(bench);
    const start = bench.clock.now().mono / 1000;
    await bench.pass(600);
    const times = bench.sent
      .filter(({ action }) => action === 'SignCertificate')
      .map(({ at }) => Math.round(at - start));
    expect(times).toEqual([0, 60, 180, 420]);
    expect(new Set(bench.of('SignCertificate').map(({ csr }) => csr)).size).toBe(1);
  });

  it('is asked for no more where the CSMS rejects that', async () => {
    const bench = await station(version, { profile: 3 });
    bench.script.SignCertificate = { status: 'Rejected' };
    await asked(bench);
    await bench.pass(200);
    expect(bench.of('SignCertificate')).toHaveLength(1);
  });
});

it('of 2.1 is Rejected under an id that was not asked for (A02.FR.26), and for a use that none was asked for', async () => {
  const bench = await station('2.1', { profile: 3 });
  await bench.ask('TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' });
  const request = await until(() => bench.of('SignCertificate')[0]);
  const certificateChain = await operator.sign(String(request.csr));
  expect(await bench.ask('CertificateSigned', { certificateChain, requestId: 99 })).toMatchObject({
    status: 'Rejected',
    statusInfo: { reasonCode: 'InvalidMessageSeq' },
  });
  expect(await bench.ask('CertificateSigned', { certificateChain, certificateType: 'V2GCertificate' })).toMatchObject({
    status: 'Rejected',
    statusInfo: { reasonCode: 'InvalidMessageSeq' },
  });
  expect(await bench.ask('CertificateSigned', { certificateChain, requestId: request.requestId ?? 0 })).toEqual({
    status: 'Accepted',
  });
});

describe.each(['2.0.1', '2.1'] as const)('a certificate for vehicles in %s', (version) => {
  const types = version === '2.1' ? (['V2GCertificate', 'V2G20Certificate'] as const) : (['V2GCertificate'] as const);

  it.each(types)(
    'is asked for with its own name, taken, named and removed: %s (A02.FR.22, FR.23, M03, M04)',
    async (type) => {
      const bench = await station(version, { profile: 3 });
      const set = (name: string, attributeValue: string) => ({
        component: { name: 'ISO15118Ctrlr' },
        variable: { name },
        attributeValue,
      });
      const setVariableData = [
        set('SeccId', 'DE*SECC*1'),
        set('OrganizationName', 'Operator'),
        set('CountryName', 'DE'),
      ];
      await bench.ask('SetVariables', { setVariableData });
      const root = { certificateType: 'V2GRootCertificate', certificate: operator.root };
      expect(await bench.ask('InstallCertificate', root)).toEqual({ status: 'Accepted' });
      await bench.ask('TriggerMessage', { requestedMessage: `Sign${type}` });
      const request = await until(() => bench.of('SignCertificate')[0]);
      expect(request.certificateType).toBe(type);
      // A02.FR.27.
      expect(request.hashRootCertificate !== undefined).toBe(version === '2.1');
      const ids: JsonObject = request.requestId === undefined ? {} : { requestId: request.requestId };
      const foreign = await operator.sign(String(request.csr), { subject: 'CN=Other' });
      const signed = { certificateType: type, ...ids };
      expect(await bench.ask('CertificateSigned', { ...signed, certificateChain: foreign })).toMatchObject({
        status: 'Rejected',
        statusInfo: { reasonCode: 'InvalidCertificate' },
      });
      expect(bench.of('SecurityEventNotification')).toMatchObject([{ type: 'InvalidChargingStationCertificate' }]);
      await bench.ask('TriggerMessage', { requestedMessage: `Sign${type}` });
      const again = await until(() => bench.of('SignCertificate')[1]);
      const certificateChain = await operator.sign(String(again.csr));
      expect(certificateChain).toContain('BEGIN CERTIFICATE');
      const newId: JsonObject = again.requestId === undefined ? {} : { requestId: again.requestId };
      const good = { certificateChain, certificateType: type, ...newId };
      expect(await bench.ask('CertificateSigned', good)).toEqual({ status: 'Accepted' });
      // It is not for the connection with the CSMS.
      expect(bench.reconnections()).toBe(0);
      const named = await bench.ask('GetInstalledCertificateIds', { certificateType: ['V2GCertificateChain'] });
      const [chain] = named.certificateHashDataChain as JsonObject[];
      expect(chain).toMatchObject({
        certificateType: 'V2GCertificateChain',
        certificateHashData: { hashAlgorithm: 'SHA256' },
        childCertificateHashData: [{ hashAlgorithm: 'SHA256' }],
      });
      const remove = { certificateHashData: chain?.certificateHashData ?? null };
      expect(await bench.ask('DeleteCertificate', remove)).toEqual({ status: 'Accepted' });
      expect(await bench.ask('DeleteCertificate', remove)).toEqual({ status: 'NotFound' });
      expect(bench.violations).toEqual([]);
    },
  );

  it('is not asked for where that is turned off', async () => {
    const bench = await station(version, { profile: 3 });
    const variable = { name: 'V2GCertificateInstallationEnabled' };
    const setVariableData = [{ component: { name: 'ISO15118Ctrlr' }, variable, attributeValue: 'false' }];
    await bench.ask('SetVariables', { setVariableData });
    expect(await bench.ask('TriggerMessage', { requestedMessage: 'SignV2GCertificate' })).toEqual({
      status: 'Rejected',
    });
  });
});

describe('a security event', () => {
  it('of an attempt that failed is told once after the next good connection (A00.FR.316)', async () => {
    const bench = controllerBench('2.1', { session: 'none', security: { profile: 2 } });
    bench.security.failed('tls-version', 'The CSMS speaks TLS 1.1.');
    bench.security.failed('tls-version', 'The CSMS speaks TLS 1.1.');
    await bench.connect();
    const event = { type: 'InvalidTLSVersion', techInfo: 'The CSMS speaks TLS 1.1.' };
    expect(bench.of('SecurityEventNotification')).toMatchObject([event]);
    bench.disconnect();
    await bench.connect();
    expect(bench.of('SecurityEventNotification')).toHaveLength(1);
    expect(bench.violations).toEqual([]);
  });

  it('is not told a second time while its answer is on its way', async () => {
    const bench = await station('2.1', { profile: 3 });
    let answer = (): void => {};
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    const { controller } = bench;
    const call = controller.call.bind(controller);
    controller.call = async (action, payload) => {
      const outcome = call(action, payload);
      if (action === 'SecurityEventNotification') await answered;
      return outcome;
    };
    for (let certificate = 0; certificate < 2; certificate++) {
      await bench.ask('TriggerMessage', { requestedMessage: 'SignChargingStationCertificate' });
      await until(() => bench.of('SignCertificate').length > certificate);
      await bench.ask('CertificateSigned', { certificateChain: 'no certificate' });
    }
    expect(bench.of('SecurityEventNotification')).toHaveLength(1);
    answer();
  });

  it('is told again where the connection was lost before the answer', async () => {
    const bench = controllerBench('2.1', { session: 'none', security: { profile: 2 } });
    bench.script.SecurityEventNotification = () => undefined;
    bench.security.failed('server-certificate-refused', 'Expired.');
    await bench.connect();
    bench.disconnect();
    bench.script.SecurityEventNotification = {};
    await bench.connect();
    expect(bench.of('SecurityEventNotification')).toHaveLength(2);
    expect(bench.security.events.waiting).toEqual([]);
  });
});
