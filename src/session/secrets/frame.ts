import { type Node, parseTree } from 'jsonc-parser';
import { quoted } from '../../ocpp/words.ts';
import { MASK, maskUrl } from './headers.ts';

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
/** Properties that are a password wherever they stand: those of the network profile and its VPN and APN (2.x). */
const PASSWORD_PROPERTY = /password$/i;
const ID_TOKEN_PROPERTY = /^(idtag|parentidtag|idtoken|additionalidtoken)$/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g;

/** Texts that hold none of this hold no secret, and are not parsed. An escape may hide a name, or stand before a slash. */
const WORTH_A_LOOK = /authorizationkey|password|private key|\/\\?\/|[?&]|"vpn"|\\u00/i;
const WORTH_A_LOOK_FOR_TOKENS = /idtag|idtoken/i;

/**
 * Takes passwords, private keys and, where asked for, identification tokens out of a frame's text. All other
 * characters stay as they were, in a frame that is no JSON too, as far as it can be read.
 */
export function maskFrame(text: string, { idTokens }: MaskOptions): MaskedText {
  if (!WORTH_A_LOOK.test(text) && !(idTokens && WORTH_A_LOOK_FOR_TOKENS.test(text))) return { text, secrets: [] };
  const tree = parseTree(text, [], { allowTrailingComma: true });
  if (!tree) return { text, secrets: [] };
  const found: Found[] = [];
  collect(tree, idTokens, found);
  if (found.length === 0) return { text, secrets: [] };
  const pieces: string[] = [];
  let end = 0;
  for (const { node, replacement } of found.toSorted((a, b) => a.node.offset - b.node.offset)) {
    pieces.push(text.slice(end, node.offset), JSON.stringify(replacement));
    end = node.offset + node.length;
  }
  pieces.push(text.slice(end));
  return { text: pieces.join(''), secrets: found.map(({ secret }) => secret) };
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

interface Found {
  readonly node: Node;
  readonly secret: string;
  readonly replacement: string;
}

function collect(root: Node, idTokens: boolean, found: Found[]): void {
  // Not recursive: peers decide how deep a frame is.
  const waiting: { readonly node: Node; readonly all: boolean }[] = [{ node: root, all: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, all } = next;
    if (node.type === 'string' || node.type === 'number') {
      const text = String(node.value);
      const replacement = all ? MASK : withoutInner(text);
      if (text !== '' && replacement !== text) found.push({ node, secret: text, replacement });
      continue;
    }
    const secretVariable = node.type === 'object' && isSecretVariable(node);
    for (const child of node.children ?? []) {
      if (child.type !== 'property') {
        waiting.push({ node: child, all });
        continue;
      }
      const [key, value] = child.children ?? [];
      if (!value) continue;
      waiting.push({
        node: value,
        all: all || isSecretProperty(node, String(key?.value), value, secretVariable, idTokens),
      });
    }
  }
}

function isSecretProperty(owner: Node, name: string, value: Node, secretVariable: boolean, idTokens: boolean): boolean {
  if (secretVariable && (VALUE_PROPERTY.test(name) || name === 'variableAttribute')) return true;
  const scalar = value.type === 'string' || value.type === 'number';
  if (PASSWORD_PROPERTY.test(name)) return scalar;
  // The pre-shared key of a VPN (VPNType).
  if (name === 'key') return scalar && nameOfOwner(owner) === 'vpn';
  return idTokens && scalar && ID_TOKEN_PROPERTY.test(name);
}

/** Whether an object is about a variable that holds a password: `{key, value}`, or `{variable: {name}, …}`. */
function isSecretVariable(node: Node): boolean {
  for (const property of node.children ?? []) {
    const [key, value] = property.children ?? [];
    if (key?.value === 'key' && SECRET_VARIABLE.test(String(value?.value))) return true;
    if (key?.value === 'variable' && value?.children?.some(isSecretName)) return true;
  }
  return false;
}

function isSecretName(property: Node): boolean {
  const [key, value] = property.children ?? [];
  return key?.value === 'name' && SECRET_VARIABLE.test(String(value?.value));
}

function nameOfOwner(object: Node): unknown {
  return object.parent?.type === 'property' ? object.parent.children?.[0]?.value : undefined;
}

function withoutInner(text: string): string {
  return maskUrl(text.replace(PRIVATE_KEY, MASK));
}
