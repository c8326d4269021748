import { isDeepStrictEqual } from 'node:util';
import type { PatchOperation } from '../../workspace/rule-action.ts';
import type { JsonPlace } from './json-text.ts';
import { add, read, remove, replace } from './payload-text.ts';

/**
 * A JSON value after a JSON Patch (RFC 6902); undefined where one of its operations fails, and then none counts. It works
 * on the text, not on parsed values, so that what the patch does not name stays as it came, digits and spaces too.
 */
export function patched(root: JsonPlace, operations: readonly PatchOperation[]): JsonPlace | undefined {
  let result: JsonPlace | undefined = root;
  for (const operation of operations) {
    if (result === undefined) return undefined;
    result = applied(result, operation);
  }
  return result;
}

function applied(root: JsonPlace, operation: PatchOperation): JsonPlace | undefined {
  switch (operation.op) {
    case 'add':
      return add(root, operation.path, JSON.stringify(operation.value));
    case 'remove':
      return remove(root, operation.path);
    case 'replace':
      return replace(root, operation.path, JSON.stringify(operation.value));
    case 'move':
      return moved(root, operation.from, operation.path);
    case 'copy': {
      const raw = read(root, operation.from);
      return raw === undefined ? undefined : add(root, operation.path, raw);
    }
    case 'test': {
      const raw = read(root, operation.path);
      return raw !== undefined && isDeepStrictEqual(JSON.parse(raw), operation.value) ? root : undefined;
    }
  }
}

function moved(root: JsonPlace, from: string, path: string): JsonPlace | undefined {
  const raw = read(root, from);
  if (raw === undefined || from === path) return raw === undefined ? undefined : root;
  // Nothing is moved into itself (RFC 6902, 4.4).
  if (path.startsWith(`${from}/`)) return undefined;
  const rest = remove(root, from);
  return rest === undefined ? undefined : add(rest, path, raw);
}
