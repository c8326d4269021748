import { z } from 'zod';
import { BAD_KINDS, HIERARCHY_NAMES } from '../../session/authority.ts';
import { failure, type Outcome, success } from '../../session/outcome.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,99}$/);
const instant = z.number().min(0);

const entry = z.object({
  /** Name of its files as well. What it stands for never changes. */
  id,
  label: z.string().max(300),
  role: z.enum(['root', 'issuing', 'csms', 'station']),
  origin: z.enum(['bench', 'imported']),
  hierarchy: z.enum(HIERARCHY_NAMES).nullable(),
  issuedBy: id.nullable(),
  /** How its private key is kept, where there is one. */
  key: z.enum(['file', 'sealed']).nullable(),
  trusted: z.boolean(),
  bad: z.enum(BAD_KINDS).nullable(),
  /** What the bench made it for by itself; null where somebody asked for it. */
  use: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('machine'), family: z.enum(['ECDSA', 'RSA']) }),
      z.object({ kind: z.literal('station'), serialNumber: z.string() }),
    ])
    .nullable(),
});
/** A certificate as the index has it; what it says of itself stands in its own file. */
export type Entry = z.infer<typeof entry>;

const hierarchy = z.object({ root: id, issuing: id });

/** The index of an authority: everything but the certificates and the keys. */
const schema = z.object({
  format: z.literal(1),
  /** Ports of the responder that certificates name, oldest first. */
  ports: z.array(z.number().int().min(1).max(65535)).max(100),
  hierarchies: z.partialRecord(z.enum(HIERARCHY_NAMES), hierarchy),
  /** What each authority of the bench issued, by serial numbers: when it was revoked, null where it was not. */
  issued: z.record(id, z.record(z.string().regex(/^[0-9a-f]{1,40}$/), instant.nullable())),
  entries: z.array(entry),
});
export type AuthorityIndex = z.infer<typeof schema>;

/** An authority that has issued nothing yet. */
export function emptyIndex(): AuthorityIndex {
  return { format: 1, ports: [], hierarchies: {}, issued: {}, entries: [] };
}

/** Reads an index. Fails with what is wrong with it, as the end of a sentence. */
export function readIndex(text: string): Outcome<AuthorityIndex> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return failure('authority-damaged', 'it is no JSON');
  }
  const { format } = z.object({ format: z.number() }).safeParse(json).data ?? {};
  if (format !== undefined && format > 1) return failure('authority-newer', 'it was written by a newer Plugscope');
  const parsed = schema.safeParse(json);
  if (!parsed.success) return failure('authority-damaged', z.prettifyError(parsed.error).replaceAll('\n', ' '));
  return success(parsed.data);
}
