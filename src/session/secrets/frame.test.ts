import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskFrame, maskSentence } from './frame.ts';
import { maskHeaders, maskUrl } from './headers.ts';

const call = (action: string, payload: unknown): string => JSON.stringify([2, 'a', action, payload]);
const masked = (text: string, idTokens = false): string => maskFrame(text, { idTokens }).text;

describe('a frame without its secrets', () => {
  it.each([
    ['1.6 ChangeConfiguration', call('ChangeConfiguration', { key: 'AuthorizationKey', value: 'S3CRET' })],
    [
      '1.6 GetConfiguration',
      '[3,"a",{"configurationKey":[{"key":"authorizationkey","readonly":false,"value":"S3CRET"}]}]',
    ],
    [
      '2.x SetVariables',
      call('SetVariables', {
        setVariableData: [
          { attributeValue: 'S3CRET', component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } },
        ],
      }),
    ],
    [
      '2.x NotifyReport',
      call('NotifyReport', {
        reportData: [
          { variable: { name: 'BasicAuthPassword' }, variableAttribute: [{ type: 'Actual', value: 'S3CRET' }] },
        ],
      }),
    ],
    [
      'a network profile',
      call('SetNetworkProfile', { connectionData: { vpn: { key: 'S3CRET', password: 'S3CRET' } } }),
    ],
    ['a private key', call('DataTransfer', { data: '-----BEGIN PRIVATE KEY-----\nS3CRET\n-----END PRIVATE KEY-----' })],
    ['a password in a URL', call('UpdateFirmware', { location: 'ftp://user:S3CRET@host/a.bin' })],
    ['a name that is escaped', '[2,"a","ChangeConfiguration",{"key":"\\u0041uthorizationKey","value":"S3CRET"}]'],
    ['a frame that is cut', '[2,"a","ChangeConfiguration",{"key":"AuthorizationKey","value":"S3CRET"'],
    ['a frame that is cut in its secret', '[2,"a","ChangeConfiguration",{"key":"AuthorizationKey","value":"S3CRET'],
    [
      'a URL whose slashes are escaped',
      String.raw`[2,"a","UpdateFirmware",{"location":"ftp:\/\/user:S3CRET@host\/a.bin"}]`,
    ],
    ['a password in a URL that has an @', call('UpdateFirmware', { location: 'ftp://user:a@S3CRET@host/a@b.bin' })],
    ['a property that has the name of a key', call('DataTransfer', { data: { authorizationKey: 'S3CRET' } })],
    ['a password that is more than one value', call('DataTransfer', { data: { newPassword: { is: ['S3CRET'] } } })],
    ['the PIN of a SIM', '[2,"a","SetNetworkProfile",{"connectionData":{"apn":{"simPin":"S3CRET"}}}]'],
    [
      '2.x NotifyEvent',
      call('NotifyEvent', {
        eventData: [{ actualValue: 'S3CRET', variable: { name: 'BasicAuthPassword' } }],
      }),
    ],
  ])('%s', (_, text) => {
    const { text: without, secrets } = maskFrame(text, { idTokens: false });
    expect(without).not.toContain('S3CRET');
    expect(without).toContain('******');
    expect(secrets).not.toEqual([]);
  });

  it('keeps every other character as it was', () => {
    const text = '[ 2,"a" ,"ChangeConfiguration",{ "key":"AuthorizationKey","value" : "x", "n":1.50, "n":2e0 }]';
    expect(masked(text)).toBe(text.replace('"x"', '"******"'));
  });

  it('has its tokens where nothing else was asked for', () => {
    const text = call('Authorize', { idToken: { idToken: 'AABB', type: 'ISO14443' } });
    expect(masked(text)).toBe(text);
    expect(masked(text, true)).toBe(text.replace('AABB', '******'));
    expect(masked('[2,"a","Authorize",{"idTag":"AABB"}]', true)).toBe('[2,"a","Authorize",{"idTag":"******"}]');
  });

  it('is never a throw, and nothing is taken out of what holds no secret', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        maskFrame(text, { idTokens: true });
        const plain = JSON.stringify([2, 'a', 'X', { data: text.replace(/[^a-z]/g, '') }]);
        expect(masked(plain)).toBe(plain);
      }),
    );
  });

  it.each([
    ['parameters that never end', '?token'.repeat(40_000)],
    ['names that never end', '?'.repeat(200_000)],
    ['hosts that never end', '://a:'.repeat(40_000)],
  ])('takes no longer than its length, whatever a peer sends: %s', (_, hostile) => {
    // Where it grows with the square of the length, the test runs out of its time.
    expect(masked(call('DataTransfer', { data: hostile }))).toContain(hostile.slice(0, 1000));
  });

  it('is made in one pass, however many secrets it has', () => {
    const items = Array.from({ length: 20_000 }, () => ({ key: 'AuthorizationKey', value: 'S3CRET' }));
    expect(masked(call('GetConfiguration', items))).not.toContain('S3CRET');
  });

  it('is not told by the sentences about it', () => {
    expect(maskSentence('"value" is the string "ab", too long.', ['ab'])).toBe(
      '"value" is the string "******", too long.',
    );
    expect(maskSentence('Set AuthorizationKey to S3CRET', ['S3CRET'])).toBe('Set AuthorizationKey to ******');
  });
});

it('masks the headers and parameters that open doors', () => {
  expect(
    maskHeaders([
      ['Authorization', 'Basic Q1M6eA=='],
      ['Host', 'a'],
    ]),
  ).toEqual([
    ['Authorization', 'Basic ******'],
    ['Host', 'a'],
  ]);
  expect(maskUrl('wss://cs:pw@host/CS-1?token=x&y=1')).toBe('wss://cs:******@host/CS-1?token=******&y=1');
});
