import { isDeepStrictEqual } from 'node:util';
import type { PatchOperation } from '../../workspace/rule-action.ts';
import { add, read, remove, replace } from './payload-text.ts';

/**
 * A JSON text after a JSON Patch (RFC 6902); undefined where one of its operations fails, and then none counts. It works
 * on the text, not on parsed values, so that what the patch does not name stays as it came, digits and spaces too.
 */
export function patched(text: string, operations: readonly PatchOperation[]): string | undefined {
  let result: string | undefined = text;
  for (const operation of operations) {
    if (result === undefined) return undefined;
    result = applied(result, operation);
  }
  return result;
}

function applied(text: string, operation: PatchOperation): string | undefined {
  switch (operation.op) {
    case 'add':
      return add(text, operation.path, JSON.stringify(operation.value));
    case 'remove':
      return remove(text, operation.path);
    case 'replace':
      return replace(text, operation.path, JSON.stringify(operation.value));
    case 'move':
      return moved(text, operation.from, operation.path);
    case 'copy': {
      const raw = read(text, operation.from);
      return raw === undefined ? undefined : add(text, operation.path, raw);
    }
    case 'test': {
      const raw = read(text, operation.path);
      return raw !== undefined && isDeepStrictEqual(JSON.parse(raw), operation.value) ? text : undefined;
    }
  }
}

function moved(text: string, from: string, path: string): string | undefined {
  const raw = read(text, from);
  if (raw === undefined || from === path) return raw === undefined ? undefined : text;
  // Nothing is moved into itself (RFC 6902, 4.4).
  if (path.startsWith(`${from}/`)) return undefined;
  const rest = remove(text, from);
  return rest === undefined ? undefined : add(rest, path, raw);
}
