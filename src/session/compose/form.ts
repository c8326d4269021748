import { findNodeAtLocation, getNodeValue, type JSONPath, type Node, parseTree } from 'jsonc-parser';
import type { JsonValue } from '../../ocpp/json.ts';
import { childPointer } from '../../ocpp/json-pointer.ts';
import { type JsonSchema, resolve } from '../../ocpp/json-schema.ts';

/** How a value is asked for. `json`: the schema says nothing of it, so that it is written as JSON. */
export type FieldKind = 'text' | 'choice' | 'number' | 'boolean' | 'time' | 'object' | 'list' | 'json';

/** A place of a document, as a form shows it: what the schema says of it, and what stands there. */
export interface FormField {
  readonly path: readonly (string | number)[];
  /** JSON pointer (RFC 6901). */
  readonly pointer: string;
  /** Name of the property, or of the list for an item of one. */
  readonly name: string;
  readonly kind: FieldKind;
  /** Undefined where the schema does not know the property. */
  readonly schema: JsonSchema | undefined;
  readonly required: boolean;
  /** What stands there; undefined where nothing does. */
  readonly written: Written | undefined;
  /** Properties of an object that is there, or items of a list that is there. */
  readonly children: readonly FormField[];
}

/** A value as it stands in the document. */
export interface Written {
  /** In UTF-16 code units of the document. */
  readonly start: number;
  readonly end: number;
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  /** A string as it reads; everything else as it is written. */
  readonly text: string;
}

/**
 * The form of a document: the properties of the schema in its order, then those that the schema does not know.
 * Undefined where the document is no JSON object.
 */
export function formOf(schema: JsonSchema | undefined, document: string): FormField | undefined {
  const errors: never[] = [];
  const tree = parseTree(document, errors, { disallowComments: true });
  if (tree?.type !== 'object' || errors.length > 0) return undefined;
  return fieldOf({ root: schema ?? {}, document }, { path: [], pointer: '', name: '', schema, required: true }, tree);
}

interface Context {
  readonly root: JsonSchema;
  readonly document: string;
}

type About = Pick<FormField, 'path' | 'pointer' | 'name' | 'schema' | 'required'>;

function fieldOf(context: Context, about: About, node: Node | undefined): FormField {
  const written = node && writtenAt(node, context.document);
  const kind = kindOf(about.schema, written);
  return { ...about, kind, written, children: childrenOf(context, about, node) };
}

function childrenOf(context: Context, { path, pointer, name, schema }: About, node: Node | undefined): FormField[] {
  if (node?.type === 'array') {
    const items = schema?.items && resolve(schema.items, context.root);
    return (node.children ?? []).map((child, index) =>
      fieldOf(
        context,
        { path: [...path, index], pointer: childPointer(pointer, index), name, schema: items, required: true },
        child,
      ),
    );
  }
  if (node?.type !== 'object') return [];
  const there = propertiesOf(node);
  const known = Object.entries(schema?.properties ?? {});
  const unknown = [...there.keys()].filter((property) => !Object.hasOwn(schema?.properties ?? {}, property));
  const child = (property: string, part: JsonSchema | undefined): FormField =>
    fieldOf(
      context,
      {
        path: [...path, property],
        pointer: childPointer(pointer, property),
        name: property,
        schema: part && resolve(part, context.root),
        required: schema?.required?.includes(property) ?? false,
      },
      there.get(property),
    );
  return [...known.map(([property, part]) => child(property, part)), ...unknown.map((one) => child(one, undefined))];
}

/** Of a property that stands twice, the last one counts, as `JSON.parse` has it. */
function propertiesOf(node: Node): ReadonlyMap<string, Node> {
  const properties = new Map<string, Node>();
  for (const { children } of node.children ?? []) {
    const [name, value] = children ?? [];
    if (name && value) properties.set(String(name.value), value);
  }
  return properties;
}

function writtenAt(node: Node, document: string): Written {
  const [start, end] = [node.offset, node.offset + node.length];
  const text = node.type === 'string' ? String(node.value) : document.slice(start, end);
  // A value of a property is never itself a property.
  return { start, end, type: node.type as Written['type'], text };
}

function kindOf(schema: JsonSchema | undefined, written: Written | undefined): FieldKind {
  if (written?.type === 'object') return 'object';
  if (written?.type === 'array') return 'list';
  switch (schema?.type) {
    case 'object':
      return 'object';
    case 'array':
      return 'list';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'string':
      if (schema.enum !== undefined) return 'choice';
      return schema.format === 'date-time' ? 'time' : 'text';
    default:
      return 'json';
  }
}

/** The value at a place of a document; undefined where there is none. */
export function valueAt(document: string, path: readonly (string | number)[]): JsonValue | undefined {
  const tree = parseTree(document);
  const node = tree && findNodeAtLocation(tree, [...path] as JSONPath);
  return node && (getNodeValue(node) as JsonValue);
}
