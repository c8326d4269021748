import type { Api } from '../../bridge/contract.ts';
import type {
  AUTHORITY_METHODS,
  AuthorityState,
  BenchCertificate,
  IssueRequest,
} from '../../bridge/methods/authority.ts';
import type { HierarchyName } from '../../session/authority.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';

const DAY = 24 * 60 * 60 * 1000;
const NOW = Date.UTC(2026, 10, 20, 9);
/** The password that opens what is taken in encrypted. */
const PASSWORD = 'secret';

type AuthorityApi = Pick<Api, keyof typeof AUTHORITY_METHODS>;

/** The certificates of a bench that was used for some weeks, without keys and without cryptography. */
export function createFakeAuthority(tell: (state: AuthorityState) => void): {
  readonly [N in keyof AuthorityApi]: (...args: Parameters<AuthorityApi[N]>) => Awaited<ReturnType<AuthorityApi[N]>>;
} {
  let certificates = SAMPLE;
  let made = 0;
  const state = (): AuthorityState => ({
    certificates,
    responder: { ocsp: 'http://127.0.0.1:9228/ocsp', crl: 'http://127.0.0.1:9228/crl/cso-issuing-41d0c6b2.crl' },
    keys: 'file-0600',
    rootUrls: ['192.168.1.20', '10.8.0.2'].map((address) => {
      const url = `http://${address}:9220/plugscope-root.pem`;
      const command = `curl -fsSo plugscope-root.pem '${url}' && echo '${digits('root file')}  plugscope-root.pem' | sha256sum -c`;
      return { url, command };
    }),
    machine: { dns: ['bench.lab.test', 'localhost'], addresses: ['192.168.1.20', '10.8.0.2', '127.0.0.1', '::1'] },
  });
  const put = (next: readonly BenchCertificate[]): Outcome<AuthorityState> => {
    certificates = next;
    tell(structuredClone(state()));
    return success(state());
  };
  const change = (id: string, changes: Partial<BenchCertificate>): Outcome<AuthorityState> =>
    certificates.some((each) => each.id === id)
      ? put(certificates.map((each) => (each.id === id ? { ...each, ...changes } : each)))
      : failure('no-such-certificate', `There is no certificate ${id} any more.`);
  return {
    'authority.get': () => success(state()),
    'authority.issue': (request) => put([...certificates, issued(request, `${request.role}-${++made}`)]),
    'authority.renew'(name, key) {
      const number = ++made;
      const roots = [root(`${name}-root-${number}`, name, key), issuing(`${name}-issuing-${number}`, name, key)];
      const old = certificates.map((each) => (each.hierarchy === name ? { ...each, trusted: false } : each));
      return put([...old, ...roots]);
    },
    'authority.sign'(csr, role) {
      if (!csr.includes('BEGIN CERTIFICATE REQUEST')) {
        return failure('csr-not-pem', 'This is no certificate signing request in PEM (BEGIN CERTIFICATE REQUEST).');
      }
      const signed = leaf(`signed-${++made}`, 'SN-0815', role, { subject: 'CN=SN-0815,O=Field', hasKey: false });
      return put([...certificates, signed]);
    },
    'authority.revoke': (id) => change(id, { revokedAt: NOW }),
    'authority.remove'(id) {
      const found = certificates.find((each) => each.id === id);
      if (found?.origin === 'bench' && (found.role === 'root' || found.role === 'issuing')) {
        return failure(
          'authority-stays',
          'The authorities of the bench cannot be removed: they answer for what they issued.',
        );
      }
      return put(certificates.filter((each) => each.id !== id));
    },
    'authority.trust': (id, trusted) => change(id, { trusted }),
    'authority.import'(base64, name, password) {
      const text = atob(base64);
      if (text.includes('ENCRYPTED') && password !== PASSWORD) {
        return password === ''
          ? failure('password-missing', 'The private key is encrypted: its password is needed.')
          : failure('password-wrong', 'The password is wrong, or the file is damaged.');
      }
      if (!text.includes('BEGIN CERTIFICATE')) {
        return failure(
          'nothing-to-import',
          'This is neither a certificate (PEM, DER), nor a private key, nor PKCS#12.',
        );
      }
      return put([
        ...certificates,
        { ...IMPORTED_ROOT, id: `imported-${++made}`, label: name, fingerprint: digits(name) },
      ]);
    },
    'authority.export'(id, form, password) {
      const found = certificates.find((each) => each.id === id);
      if (!found) return failure('no-such-certificate', `There is no certificate ${id} any more.`);
      if ((form === 'key' || form === 'pkcs12') && !found.hasKey) {
        return failure('no-key', `The private key of “${found.label}” is not here.`);
      }
      if (form === 'pkcs12' && password === '') {
        return failure('password-missing', 'A PKCS#12 file holds the private key, so it needs a password.');
      }
      const [ending, type] = FORMS[form];
      return success({ name: `${id}${ending}`, type, base64: btoa(`${form} of ${found.subject}\n`) });
    },
  };
}

const FORMS = {
  pem: ['.pem', 'application/x-pem-file'],
  chain: ['-chain.pem', 'application/x-pem-file'],
  key: ['.key.pem', 'application/x-pem-file'],
  pkcs12: ['.p12', 'application/x-pkcs12'],
  der: ['.cer', 'application/pkix-cert'],
  crl: ['.crl', 'application/pkix-crl'],
} as const;

function common(id: string): Omit<BenchCertificate, 'label' | 'role' | 'subject' | 'issuer'> {
  return {
    id,
    origin: 'bench',
    hierarchy: 'CSO',
    issuedBy: null,
    hasKey: true,
    trusted: false,
    bad: null,
    revokedAt: null,
    serialNumber: digits(`serial ${id}`).slice(0, 32),
    notBefore: NOW - 40 * DAY,
    notAfter: NOW + 325 * DAY,
    key: 'ECDSA P-256',
    signature: 'ECDSA with SHA-256',
    names: [],
    fingerprint: digits(id),
  };
}

function root(id: string, hierarchy: HierarchyName, key = 'ECDSA P-256'): BenchCertificate {
  const subject = `CN=Plugscope ${hierarchy} Root CA,O=Plugscope`;
  const label = `Plugscope ${hierarchy} Root CA`;
  const notAfter = NOW + 7260 * DAY;
  return {
    ...common(id),
    label,
    role: 'root',
    subject,
    issuer: subject,
    hierarchy,
    issuedBy: id,
    trusted: true,
    notAfter,
    ...signed(key),
  };
}

function issuing(id: string, hierarchy: HierarchyName, key = 'ECDSA P-256'): BenchCertificate {
  const label = `Plugscope ${hierarchy} Sub-CA`;
  const issuer = `CN=Plugscope ${hierarchy} Root CA,O=Plugscope`;
  const issuedBy = id.replace('issuing', 'root').replace('41d0c6b2', '9be1f07a');
  const notAfter = NOW + 3610 * DAY;
  return {
    ...common(id),
    label,
    role: 'issuing',
    subject: `CN=${label},O=Plugscope`,
    issuer,
    hierarchy,
    issuedBy,
    notAfter,
    ...signed(key),
  };
}

function signed(key: string): Pick<BenchCertificate, 'key' | 'signature'> {
  return { key, signature: key.startsWith('RSA') ? 'RSA-PSS with SHA-256' : 'ECDSA with SHA-256' };
}

function leaf(
  id: string,
  commonName: string,
  role: 'csms' | 'station',
  more: Partial<BenchCertificate> = {},
): BenchCertificate {
  return {
    ...common(id),
    label: commonName,
    role,
    subject: `CN=${commonName},O=Plugscope`,
    issuer: 'CN=Plugscope CSO Sub-CA,O=Plugscope',
    issuedBy: 'cso-issuing-41d0c6b2',
    ...more,
  };
}

function issued({ role, commonName, names, key, hierarchy, bad }: IssueRequest, id: string): BenchCertificate {
  const expired = bad === 'expired' ? { notAfter: NOW - DAY, notBefore: NOW - 30 * DAY } : {};
  const revokedAt = bad === 'revoked' ? NOW : null;
  return leaf(id, commonName, role, {
    hierarchy,
    bad,
    key,
    names: role === 'csms' ? [commonName, ...names] : [],
    revokedAt,
    ...expired,
  });
}

const MACHINE_NAMES = ['bench.lab.test', 'localhost', '192.168.1.20', '10.8.0.2', '127.0.0.1', '::1'];

const IMPORTED_ROOT: BenchCertificate = {
  ...common('imported-field-operator-root-g2-77aa01c3'),
  label: 'Field Operator Root G2',
  role: 'root',
  origin: 'imported',
  hierarchy: null,
  issuedBy: null,
  hasKey: false,
  trusted: true,
  subject: 'CN=Field Operator Root G2,OU=PKI,O=Field Operator B.V.,C=NL',
  issuer: 'CN=Field Operator Root G2,OU=PKI,O=Field Operator B.V.,C=NL',
  notBefore: NOW - 1500 * DAY,
  notAfter: NOW + 5800 * DAY,
  key: 'RSA 4096',
  signature: 'RSA with SHA-256',
};

const SAMPLE: readonly BenchCertificate[] = [
  root('cso-root-9be1f07a', 'CSO'),
  issuing('cso-issuing-41d0c6b2', 'CSO'),
  leaf('csms-bench-lab-test-0c1d5e77', 'This machine (ECDSA)', 'csms', {
    subject: 'CN=bench.lab.test,O=Plugscope',
    names: MACHINE_NAMES,
  }),
  leaf('csms-bench-lab-test-c8842f10', 'This machine (RSA)', 'csms', {
    subject: 'CN=bench.lab.test,O=Plugscope',
    names: MACHINE_NAMES,
    key: 'RSA 2048',
  }),
  leaf('station-cs-0001-5f3e2d1c', 'Station CS-0001', 'station', { subject: 'CN=CS-0001,O=Plugscope' }),
  leaf('station-cs-0002-80af44e9', 'Station CS-0002', 'station', {
    subject: 'CN=CS-0002,O=Plugscope',
    revokedAt: NOW - 2 * DAY,
  }),
  leaf('station-sn-77-1a2b3c4d', 'SN-77', 'station', {
    subject: 'CN=SN-77,O=Field Operator B.V.',
    hasKey: false,
    notAfter: NOW + 12 * DAY,
  }),
  leaf('csms-old-lab-test-2f6d90b1', 'old.lab.test', 'csms', {
    names: ['old.lab.test'],
    bad: 'expired',
    notBefore: NOW - 30 * DAY,
    notAfter: NOW - DAY,
  }),
  leaf('csms-weak-lab-test-7b0c33da', 'weak.lab.test', 'csms', {
    names: ['weak.lab.test'],
    bad: 'weak-key',
    key: 'RSA 1024',
  }),
  root('v2g-root-3de5a1b7', 'V2G'),
  issuing('v2g-issuing-3de5a1b7', 'V2G'),
  IMPORTED_ROOT,
];

/** 64 hexadecimal digits that are the same for the same text, as of a hash. */
function digits(text: string): string {
  let made = '';
  let seed = 2166136261;
  for (let round = 0; made.length < 64; round++) {
    for (const letter of `${text} ${round}`) seed = Math.imul(seed ^ (letter.codePointAt(0) ?? 0), 16777619) >>> 0;
    made += seed.toString(16).padStart(8, '0');
  }
  return made;
}
