import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { makeOperator, type Operator } from '../testing/operator.ts';
import { type KeyRequest, makeKeyRequest } from './key-request.ts';
import { checkSigned } from './signed-certificate.ts';

const NOW = Date.UTC(2027, 0, 1);
const DAY = 86_400_000;

let operator: Operator;
let stranger: Operator;
let request: KeyRequest;
let other: KeyRequest;

beforeAll(async () => {
  operator = await makeOperator(NOW);
  stranger = await makeOperator(NOW);
  request = await makeKeyRequest('SN-1', 'Operator Ltd, Here');
  other = await makeKeyRequest('SN-1', 'Operator Ltd, Here');
});

const check = (chain: string, changes = {}) =>
  checkSigned(chain, {
    privateKey: request.privateKey,
    commonName: 'SN-1',
    organization: 'Operator Ltd, Here',
    roots: [stranger.root, operator.root],
    now: NOW,
    ...changes,
  });

describe('a certificate that was signed for the station (A02.FR.06)', () => {
  it('is taken with its chain', async () => {
    const chain = await operator.sign(request.csr);
    expect(check(chain)).toMatchObject({
      ok: true,
      value: expect.stringMatching(/^(-----BEGIN[\s\S]+?-----END[\s\S]+?){2}\n$/),
    });
    expect(check(`some text\r\n${chain}`)).toMatchObject({ ok: true });
    expect(check(`${chain}\n${operator.root}`)).toMatchObject({ ok: true });
  });

  it('is taken by its sequence alone where no root is known', async () => {
    expect(check(await stranger.sign(request.csr), { roots: [] })).toMatchObject({ ok: true });
  });

  it.each<[string, () => Promise<string>, object, RegExp]>([
    ['is none', async () => 'no PEM', {}, /no sequence of certificates/],
    ['is damaged', async () => (await operator.sign(request.csr)).replace(/MII/, 'AAA'), {}, /no sequence/],
    ['is for another key', () => operator.sign(other.csr), {}, /another key/],
    ['is past', () => operator.sign(request.csr), { now: NOW + 2 * DAY }, /not valid at this moment/],
    ['is not valid yet', () => operator.sign(request.csr, { notBefore: new Date(NOW + 1000) }), {}, /not valid/],
    ['is for another station', () => operator.sign(request.csr, { subject: 'CN=SN-2' }), {}, /common name/],
    ['is of another organization', () => operator.sign(request.csr, { subject: 'CN=SN-1, O=X' }), {}, /organization/],
    [
      'has the wrong chain',
      async () =>
        `${(await operator.sign(request.csr)).split('-----END')[0]}-----END CERTIFICATE-----\n${stranger.root}`,
      {},
      /place 1 of the chain/,
    ],
    ['leads elsewhere', () => stranger.sign(request.csr), {}, /root of the operator/],
  ])('is refused where it %s', async (_, make, changes, sentence) => {
    const roots = [operator.root];
    expect(check(await make(), { roots, ...changes })).toMatchObject({
      ok: false,
      error: { sentence: expect.stringMatching(sentence) },
    });
  });
});

it('is never a throw, whatever the chain is', async () => {
  const der = Buffer.from((await operator.sign(request.csr)).split('-----')[2] ?? '', 'base64');
  fc.assert(
    fc.property(fc.nat(der.length - 1), fc.nat(255), fc.string(), (at, byte, text) => {
      const changed = Buffer.from(der);
      changed[at] = byte;
      const pem = `-----BEGIN CERTIFICATE-----\n${changed.toString('base64')}\n-----END CERTIFICATE-----`;
      for (const chain of [pem, text, `${pem}${text}`, `${operator.root}\n${pem}`]) check(chain);
    }),
  );
});
