import { type Der, members, oidOf, stringOf } from './der.ts';

/** One attribute of a name: its type as a short name or dotted, and its value; undefined where that is no string. */
interface Attribute {
  readonly type: string;
  readonly text: string | undefined;
  readonly value: Der;
}

/** A Name of X.501: its relative distinguished names in the order of the certificate. */
export type DistinguishedName = readonly (readonly Attribute[])[];

/** Short names of RFC 4514, 3, and those of RFC 4519 and PKCS #9 that certificates of stations have. */
const SHORT_NAMES: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'emailAddress',
};

/** Reads a Name; attributes that cannot be read are left out. */
export function nameOf(value: Der | undefined): DistinguishedName {
  return members(value).map((set) =>
    members(set).flatMap((attribute) => {
      const [type, text] = members(attribute);
      const oid = oidOf(type);
      return text === undefined ? [] : [{ type: SHORT_NAMES[oid] ?? oid, text: stringOf(text), value: text }];
    }),
  );
}

/** All values of an attribute, such as `CN` or `O`. */
export function valuesOf(name: DistinguishedName, type: string): readonly string[] {
  return name.flat().flatMap((attribute) => (attribute.type === type ? (attribute.text ?? []) : []));
}

/** A name as RFC 4514 writes it: the last part first. What has no text is written in hexadecimal. */
export function nameText(name: DistinguishedName): string {
  return name
    .toReversed()
    .map((set) =>
      set
        .map(({ type, text, value }) => `${type}=${text === undefined ? `#${hex(value.whole)}` : escaped(text)}`)
        .join('+'),
    )
    .join(',');
}

/** RFC 4514, 2.4; control characters are escaped too, so that they do nothing to whoever reads them. */
function escaped(text: string): string {
  return text
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/(?<=.) $/, '\\ ')
    .replace(/\p{Cc}/gu, (control) =>
      [...Buffer.from(control)].map((octet) => `\\${octet.toString(16).padStart(2, '0')}`).join(''),
    );
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
