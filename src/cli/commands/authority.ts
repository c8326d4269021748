import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Argument, type Command, Option } from 'commander';
import type { AuthorityDesk } from '../../engine/authority/authority-desk.ts';
import { openAuthority, withoutListening } from '../../engine/authority/open-authority.ts';
import { AUTHORITY_FOLDER, dataFolder } from '../../engine/bench/session-folder.ts';
import { systemClock } from '../../engine/clock.ts';
import { reasonOf } from '../../engine/formats/file-source.ts';
import {
  BAD_KINDS,
  type BadKind,
  EXPORT_FORMS,
  HIERARCHY_NAMES,
  type HierarchyName,
  type NewKeyKind,
} from '../../session/authority.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';
import { certificateLines, type ListedCertificate } from '../certificate-lines.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { addPasswordOption, PASSWORD_VARIABLE, type PasswordOptions, passwordOf } from '../password-option.ts';
import type { Terminal } from '../terminal.ts';
import { trustRootsOf } from '../trust-roots.ts';

/** Kinds of keys, as they are written on a command line. */
const KEYS = {
  'ecdsa-p256': 'ECDSA P-256',
  'ecdsa-p384': 'ECDSA P-384',
  'rsa-2048': 'RSA 2048',
  'rsa-3072': 'RSA 3072',
} as const satisfies Record<string, NewKeyKind>;
type KeyName = keyof typeof KEYS;
const ROLES = ['csms', 'station'] as const;
type Role = (typeof ROLES)[number];
type ExportForm = (typeof EXPORT_FORMS)[number];

interface DataOptions {
  readonly data?: string;
}
interface OutputOptions extends DataOptions {
  readonly output?: string;
}
interface TrustOptions extends DataOptions {
  readonly off?: boolean;
}
interface IssueOptions extends DataOptions {
  readonly name?: readonly string[];
  readonly key: KeyName;
  readonly hierarchy: HierarchyName;
  readonly bad?: BadKind;
}

/** Adds `authority` with its own commands. */
export function addAuthority(program: Command, terminal: Terminal, exit: (code: ExitCode) => void): void {
  const authority = program
    .command('authority')
    .summary('make, sign, revoke, trust and hand out certificates')
    .description(
      'The certificate authority of the bench: hierarchies for CSMS and stations, certificates that are sound or wrong in ' +
        'one thing, and those that were taken in from elsewhere. They are the ones of the workbench. While the workbench ' +
        'or a command with security runs, it answers over HTTP what was revoked.',
    )
    .addHelpText(
      'after',
      '\nExamples:\n  plugscope authority root -o root.pem\n' +
        '  plugscope authority trust lab-root.pem\n' +
        '  plugscope authority issue csms csms.lab.test --name 192.0.2.7 --bad expired\n' +
        '  plugscope authority export ID --form pkcs12 --password-file secret.txt -o station.p12',
    );
  const add = (name: string, summary: string, description: string): Command =>
    authority
      .command(name)
      .summary(summary)
      .description(description)
      .option('--data <folder>', 'folder of sessions and certificates, where it is not your own');
  /** Runs what a command does with the certificates; what fails is said. */
  const run =
    <O extends DataOptions>(task: (desk: AuthorityDesk, options: O, ...args: string[]) => Promise<Outcome<null>>) =>
    async (...given: unknown[]): Promise<void> => {
      // The command hands over its arguments, its options and itself.
      const options = given.at(-2) as O;
      exit(await withDesk(options, terminal, (desk) => task(desk, options, ...(given.slice(0, -2) as string[]))));
    };

  add(
    'list',
    'show all certificates',
    'Shows all certificates: a line each, or NDJSON where the output is no terminal.',
  ).action(
    run(async (desk) => {
      const state = await desk.state();
      if (!state.ok) return state;
      return showAll(state.value.certificates, terminal);
    }),
  );

  add(
    'issue',
    'make a certificate with its key',
    'Makes a certificate with its key, and shows it. Its key stays here until it is exported.',
  )
    .addArgument(new Argument('<role>', 'who presents it').choices(ROLES))
    .argument('<name>', 'common name: the FQDN of a CSMS, the serial number of a station')
    .option('--name <name>', 'further host name or address of a CSMS; may be repeated', collect)
    .addOption(new Option('--key <kind>', 'kind of its key').choices(Object.keys(KEYS)).default('ecdsa-p256'))
    .addOption(new Option('--hierarchy <name>', 'hierarchy that issues it').choices(HIERARCHY_NAMES).default('CSO'))
    .addOption(new Option('--bad <kind>', 'what is wrong with it').choices(BAD_KINDS))
    .action(
      run(async (desk, { name = [], key, hierarchy, bad }: IssueOptions, role, commonName = '') => {
        const request = {
          role: role as Role,
          commonName,
          names: [...name],
          key: KEYS[key],
          hierarchy,
          bad: bad ?? null,
        };
        return show(await added(desk, () => desk.issue(request)), terminal);
      }),
    );

  add(
    'sign',
    'sign a certificate signing request',
    'Signs a certificate signing request in PEM, and yields the chain, its own certificate first.',
  )
    .argument('<file>', 'the request')
    .addOption(new Option('--role <role>', 'who will present it').choices(ROLES).default('station'))
    .option('-o, --output <file>', 'file for the chain; one that is there is not written over')
    .action(
      run(async (desk, { role, output }: OutputOptions & { readonly role: Role }, file = '') => {
        const csr = await read(file);
        if (!csr.ok) return csr;
        const signed = await added(desk, () => desk.signRequest(csr.value.toString('utf8'), role));
        if (!signed.ok) return signed;
        return handOut(desk, signed.value.id, 'chain', '', output, terminal);
      }),
    );

  add('revoke', 'revoke a certificate of the bench', 'Revokes a certificate that the bench issued.')
    .argument('<id>', 'as list shows it')
    .action(
      run(async (desk, _options, id = '') => {
        const state = await desk.revoke(id);
        if (!state.ok) return state;
        return show(success(state.value.certificates.find((each) => each.id === id)), terminal);
      }),
    );

  add(
    'remove',
    'remove a certificate and its key',
    'Removes a certificate and its key. The authorities of the bench stay.',
  )
    .argument('<id>', 'as list shows it')
    .action(
      run(async (desk, _options, id = '') => {
        const before = await desk.state();
        if (!before.ok) return before;
        const removed = await desk.remove(id);
        if (!removed.ok) return removed;
        return show(success(before.value.certificates.find((each) => each.id === id)), terminal);
      }),
    );

  add(
    'renew',
    'make a hierarchy anew',
    'Makes the root and the authority of a hierarchy anew, with other keys. What the old ones issued stays, and is not ' +
      'trusted any more: hand out the new root.',
  )
    .addArgument(new Argument('[hierarchy]', 'which one').choices(HIERARCHY_NAMES).default('CSO'))
    .addOption(new Option('--key <kind>', 'kind of its keys').choices(Object.keys(KEYS)).default('ecdsa-p256'))
    .action(
      run(async (desk, { key }: Pick<IssueOptions, 'data' | 'key'>, hierarchy) => {
        const before = await ids(desk);
        return showNew(before, await desk.renew(hierarchy as HierarchyName, KEYS[key]), terminal);
      }),
    );

  add(
    'trust',
    'trust a root, or trust it no more',
    'Has peers trusted whose certificates lead to a root: one that is here, or those of a file, which are taken in.',
  )
    .argument('<root>', 'its id, as list shows it, or a file of roots in PEM or DER')
    .option('--off', 'trust it no more')
    .action(
      run(async (desk, { off = false }: TrustOptions, root = '') => {
        if (off || (await ids(desk)).has(root)) {
          const state = await desk.trust(root, !off);
          if (!state.ok) return state;
          return show(success(state.value.certificates.find((each) => each.id === root)), terminal);
        }
        const content = await read(root);
        if (!content.ok) return content;
        const roots = await trustRootsOf(desk, root, content.value);
        return roots.ok ? showAll(roots.value, terminal) : roots;
      }),
    );

  addPasswordOption(
    add(
      'import',
      'take in certificates and keys',
      'Takes in certificates and keys: PEM, DER or PKCS#12. Roots are trusted from then on.',
    ),
  )
    .argument('<file>', 'the file')
    .action(
      run(async (desk, options: DataOptions & PasswordOptions, file = '') => {
        const [content, password] = [await read(file), await passwordOf(options)];
        if (!content.ok) return content;
        if (!password.ok) return password;
        const before = await ids(desk);
        const state = await desk.import(content.value.toString('base64'), basename(file), password.value);
        if (!state.ok) return state;
        if (state.value.certificates.every(({ id }) => before.has(id))) {
          terminal.note('The private key was kept with its certificate, which was here already.');
          return success(null);
        }
        return showNew(before, state, terminal);
      }),
    );

  addPasswordOption(
    add(
      'export',
      'hand out a certificate or its key',
      'Hands out a certificate, what belongs to it, or its private key. A private key goes into a file of its owner alone.',
    ),
  )
    .argument('<id>', 'as list shows it')
    .addOption(new Option('--form <form>', 'what is handed out').choices(EXPORT_FORMS).default('pem'))
    .option('-o, --output <file>', 'file to make; one that is there is not written over')
    .action(
      run(async (desk, options: OutputOptions & PasswordOptions & { readonly form: ExportForm }, id = '') => {
        const password = await passwordOf(options);
        if (!password.ok) return password;
        return handOut(desk, id, options.form, password.value, options.output, terminal);
      }),
    );

  add(
    'root',
    'hand out the root to be trusted',
    'Hands out the root certificate that stations and CSMS have to trust, in PEM.',
  )
    .option('-o, --output <file>', 'file to make; one that is there is not written over')
    .action(
      run(async (desk, { output }: OutputOptions) => {
        const root = await desk.root();
        if (!root.ok) return root;
        const written = await write(Buffer.from(root.value), output, false, terminal);
        if (written.ok) terminal.note(`SHA-256 of the file: ${createHash('sha256').update(root.value).digest('hex')}`);
        return written;
      }),
    );
}

const collect = (name: string, names: readonly string[] = []): readonly string[] => [...names, name];

async function withDesk(
  { data }: DataOptions,
  terminal: Terminal,
  task: (desk: AuthorityDesk) => Promise<Outcome<null>>,
): Promise<ExitCode> {
  const desk = openAuthority({
    clock: systemClock(),
    folder: join(dataFolder(data), AUTHORITY_FOLDER),
    vault: async () => null,
    stationPort: () => null,
    listen: withoutListening,
  });
  // Timers of the engine keep no process alive, and one may wait for another Plugscope to let go of the certificates.
  const alive = setInterval(() => {}, 60_000);
  try {
    const done = await task(desk);
    if (!done.ok) terminal.note(done.error.sentence);
    return done.ok ? EXIT.ok : EXIT.failed;
  } finally {
    clearInterval(alive);
    await desk.close();
  }
}

async function ids(desk: AuthorityDesk): Promise<ReadonlySet<string>> {
  const state = await desk.state();
  return new Set(state.ok ? state.value.certificates.map(({ id }) => id) : []);
}

/** What a change added that was not there before: the last of it. */
async function added(
  desk: AuthorityDesk,
  change: () => ReturnType<AuthorityDesk['state']>,
): Promise<Outcome<ListedCertificate>> {
  const before = await ids(desk);
  const state = await change();
  if (!state.ok) return state;
  const fresh = state.value.certificates.filter(
    ({ id, role }) => !before.has(id) && (role === 'csms' || role === 'station'),
  );
  const last = fresh.at(-1);
  return last ? success(last) : failure('nothing-made', 'No certificate was made.');
}

function show(certificate: Outcome<ListedCertificate | undefined>, terminal: Terminal): Promise<Outcome<null>> {
  if (!certificate.ok) return Promise.resolve(certificate);
  return showAll(certificate.value === undefined ? [] : [certificate.value], terminal);
}

/** Shows what was not there before. */
async function showNew(
  before: ReadonlySet<string>,
  state: Awaited<ReturnType<AuthorityDesk['state']>>,
  terminal: Terminal,
): Promise<Outcome<null>> {
  if (!state.ok) return state;
  return showAll(
    state.value.certificates.filter(({ id }) => !before.has(id)),
    terminal,
  );
}

async function showAll(certificates: readonly ListedCertificate[], terminal: Terminal): Promise<Outcome<null>> {
  await terminal.write(certificateLines(certificates, systemClock().now().wall, terminal));
  return success(null);
}

async function handOut(
  desk: AuthorityDesk,
  id: string,
  form: ExportForm,
  password: string,
  output: string | undefined,
  terminal: Terminal,
): Promise<Outcome<null>> {
  const isSecret = form === 'key' || form === 'pkcs12';
  if (isSecret && output === undefined) {
    return failure('output-missing', 'A private key is written into a file alone: name one with -o.');
  }
  if (form === 'pkcs12' && password === '') {
    const sentence = `PKCS#12 needs a password: name its file with --password-file, or set ${PASSWORD_VARIABLE}.`;
    return failure('password-missing', sentence);
  }
  const file = await desk.export(id, form, password);
  if (!file.ok) return file;
  return write(Buffer.from(file.value.base64, 'base64'), output, isSecret, terminal);
}

async function write(
  bytes: Uint8Array,
  output: string | undefined,
  isSecret: boolean,
  terminal: Terminal,
): Promise<Outcome<null>> {
  if (output === undefined) {
    await terminal.write(bytes);
    return success(null);
  }
  try {
    await writeFile(output, bytes, { flag: 'wx', mode: isSecret ? 0o600 : 0o644 });
  } catch (error) {
    const isThere = (error as NodeJS.ErrnoException).code === 'EEXIST';
    const sentence = isThere
      ? `${output} is there already; it is not written over.`
      : `${output} cannot be written: ${reasonOf(error)}.`;
    return failure('output-unwritable', sentence);
  }
  terminal.note(`Wrote ${output}.`);
  return success(null);
}

async function read(file: string): Promise<Outcome<Buffer>> {
  try {
    return success(await readFile(file));
  } catch (error) {
    return failure('file-unreadable', `${file} cannot be read: ${reasonOf(error)}.`);
  }
}
