import { nestingFault } from '../../ocpp/json-fault.ts';
import { quoted } from '../../ocpp/words.ts';
import { type Edit, edited, inOrder, MASK } from './edits.ts';
import { urlSecrets } from './headers.ts';
import { type JsonNode, jsonNodes } from './json-tree.ts';
import { literalEdits } from './string-literal.ts';

/** What is taken out of a frame's text. */
export interface MaskOptions {
  /** Identification tokens too (1.6: idTag), which are personal data. */
  readonly idTokens: boolean;
}

/** A frame's text without its secrets. */
export interface MaskedText {
  readonly text: string;
  /** What was taken out; empty where the text is as it was. */
  readonly secrets: readonly string[];
}

/** Configuration keys (1.6) and variables (2.x, SecurityCtrlr) that hold a password. */
const SECRET_VARIABLE = /^(authorizationkey|basicauthpassword)$/i;
/** Properties beside the name of such a key or variable that hold its value. */
const VALUE_PROPERTY = /^(value|attributevalue|actualvalue)$/i;
/** Properties that are a secret wherever they stand: those of the network profile and its VPN and APN (2.x) among them. */
const SECRET_PROPERTY = /(password|authorizationkey|simpin)$/i;
const ID_TOKEN_PROPERTY = /^(idtag|parentidtag|idtoken|additionalidtoken)$/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/**
 * Texts that hold none of this hold no secret, and are not parsed. An escape may hide a name or stand before a slash, and
 * JSON within a string has its quotes and backslashes escaped.
 */
const WORTH_A_LOOK = /authorizationkey|password|simpin|private key|\/\\*\/|[?&]|"vpn\\*"|\\u00/i;
const WORTH_A_LOOK_FOR_TOKENS = /idtag|idtoken/i;
/** A string that looks like JSON of an object or an array. */
const LOOKS_LIKE_JSON = /^\s*[[{]/;
/** JSON in a string of JSON, and so on, is read this deep. One that goes deeper is taken for a secret as a whole. */
const LEVELS_MAX = 8;

/**
 * Takes passwords, private keys and, where asked for, identification tokens out of a frame's text, and out of JSON that is
 * the text of a string in it (as in DataTransfer). All other characters stay as they were, in a frame that is no JSON
 * too, as far as it can be read.
 */
export function maskFrame(text: string, { idTokens }: MaskOptions): MaskedText {
  const { edits, secrets } = secretsIn(text, idTokens, 0);
  return secrets.length === 0 ? { text, secrets } : { text: edited(text, edits), secrets };
}

/** A sentence about a frame, without the secrets that were taken out of the frame. */
export function maskSentence(sentence: string, secrets: readonly string[]): string {
  let masked = sentence;
  for (const secret of secrets) {
    masked = masked.replaceAll(quoted(secret), quoted(MASK));
    // A secret of few letters stands in many words; what repeats it in sentences quotes it.
    if (secret.length >= 4) masked = masked.replaceAll(secret, MASK);
  }
  return masked;
}

/** Where a text has its secrets, in order, and what they are. */
interface Found {
  readonly edits: readonly Edit[];
  readonly secrets: readonly string[];
}

const NOTHING: Found = { edits: [], secrets: [] };

/** A value that is a secret as a whole; one that is empty, or was masked before, is none. */
function wholly(value: string): Found {
  return value === '' || value === MASK
    ? NOTHING
    : { edits: [{ start: 0, end: value.length, replacement: MASK }], secrets: [] };
}

/** Looks into a text that may be JSON; `level` says within how many strings it stands. */
function secretsIn(text: string, idTokens: boolean, level: number): Found {
  if (!isWorthALook(text, idTokens)) return NOTHING;
  const edits: Edit[] = [];
  const secrets: string[] = [];
  // Not recursive: peers decide how deep a frame is.
  const waiting: { readonly node: JsonNode; readonly all: boolean }[] = [];
  const wait = (nodes: readonly JsonNode[], isSecret: (node: JsonNode) => boolean): void => {
    for (const node of nodes) waiting.push({ node, all: isSecret(node) });
  };
  wait(jsonNodes(text), () => false);
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, all } = next;
    if (node.kind === 'object') {
      const aboutPassword = isSecretVariable(node);
      wait(node.children, (child) => all || isSecretProperty(node, child, aboutPassword, idTokens));
    } else if (node.kind === 'array') wait(node.children, () => all);
    else if (node.kind !== 'other') {
      const inner = all ? wholly(node.value) : secretsOfString(node.value, idTokens, level);
      if (inner.edits.length === 0) continue;
      for (const edit of literalEdits(text, node, inner.edits)) edits.push(edit);
      // Sentences may repeat the string, or what is secret in it.
      secrets.push(node.value);
      for (const secret of inner.secrets) secrets.push(secret);
    }
  }
  return { edits: inOrder(edits), secrets };
}

function secretsOfString(value: string, idTokens: boolean, level: number): Found {
  if (!LOOKS_LIKE_JSON.test(value)) return patternsIn(value);
  if (level === LEVELS_MAX) return isWorthALook(value, idTokens) ? wholly(value) : NOTHING;
  const nested = secretsIn(value, idTokens, level + 1);
  if (isJson(value)) return nested;
  // What is not quite JSON may have secrets where none are looked for in JSON.
  const patterns = patternsIn(value);
  return { edits: inOrder([...nested.edits, ...patterns.edits]), secrets: [...nested.secrets, ...patterns.secrets] };
}

function isWorthALook(text: string, idTokens: boolean): boolean {
  return WORTH_A_LOOK.test(text) || (idTokens && WORTH_A_LOOK_FOR_TOKENS.test(text));
}

/** Secrets that are told by how they look, wherever they stand. */
function patternsIn(text: string): Found {
  const keys = Array.from(text.matchAll(PRIVATE_KEY), ({ 0: key, index }) => {
    return { start: index, end: index + key.length, replacement: MASK };
  });
  const edits = inOrder([...keys, ...urlSecrets(text)]).filter(({ start, end }) => text.slice(start, end) !== MASK);
  return { edits, secrets: edits.map(({ start, end }) => text.slice(start, end)) };
}

function isJson(text: string): boolean {
  if (nestingFault(text) !== undefined) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function isSecretProperty(owner: JsonNode, value: JsonNode, aboutPassword: boolean, idTokens: boolean): boolean {
  const name = value.name?.value ?? '';
  if (aboutPassword && (VALUE_PROPERTY.test(name) || name === 'variableAttribute')) return true;
  if (SECRET_PROPERTY.test(name)) return value.kind !== 'other';
  const scalar = value.kind === 'string' || value.kind === 'number';
  // The pre-shared key of a VPN (VPNType).
  if (name === 'key') return scalar && owner.name?.value === 'vpn';
  return idTokens && scalar && ID_TOKEN_PROPERTY.test(name);
}

/** Whether an object is about a variable that holds a password: `{key, value}`, or `{variable: {name}, …}`. */
function isSecretVariable({ children }: JsonNode): boolean {
  return children.some(({ name, value, children: inner }) => {
    if (name?.value === 'key') return SECRET_VARIABLE.test(value);
    return (
      name?.value === 'variable' && inner.some((one) => one.name?.value === 'name' && SECRET_VARIABLE.test(one.value))
    );
  });
}
