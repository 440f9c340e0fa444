import { noDoc } from './doc-comment.js';
import { once } from './type-view.js';
import type {
  DocComment,
  DocTag,
  ObjectView,
  PropertyView,
  TypeShape,
  TypeView,
  UnreadKeyword,
} from './type-view.js';
import { MAX_VARCHAR_LENGTH } from '../glue-rules.js';
import type { ColumnType } from '../table-schema.js';

/** A JSON Schema: a keyword object, or a boolean. */
export type JsonSchemaNode = boolean | Readonly<Record<string, unknown>>;

/** Paints a JSON Schema as the same neutral views that a TypeScript program gives, so the same rules hold. */
export class JsonSchemaReader {
  readonly #root: JsonSchemaNode;
  /** What stands for the file in diagnostics. */
  readonly #file: string;
  /** By node, so that a `$ref` back to an open node is seen as recursion. */
  readonly #views = new Map<JsonSchemaNode, TypeView>();
  #nextId = 0;

  constructor(root: JsonSchemaNode, file: string) {
    this.#root = root;
    this.#file = file;
  }

  /** The view of one schema node. */
  view(node: JsonSchemaNode): TypeView {
    const target = this.#dereference(node);
    const known = typeof target === 'boolean' ? undefined : this.#views.get(target);
    if (known !== undefined) return known;
    const shape = once(() => this.#shape(target));
    const view: TypeView = {
      id: this.#nextId++,
      text: JSON.stringify(node).slice(0, 120),
      get shape() {
        return shape();
      },
    };
    this.#views.set(target, view);
    return view;
  }

  /** Follows `$ref` inside the document. */
  #dereference(node: JsonSchemaNode): JsonSchemaNode {
    let at = node;
    for (let hops = 0; typeof at === 'object' && typeof at.$ref === 'string' && hops < 64; hops++)
      at = resolvePointer(this.#root, at.$ref);
    return at;
  }

  #shape(node: JsonSchemaNode): TypeShape {
    if (node === true) return { kind: 'unknown' };
    if (node === false) return { kind: 'never' };
    // OpenAPI 3.0's word for what is `type: [..., 'null']` since.
    if (node.nullable === true) return this.#union([{ ...node, nullable: false }, { type: 'null' }]);
    if ('const' in node) return literalShape(node.const);
    const values = asList(node.enum);
    if (values.length > 0) return this.#union(values.map((value) => ({ const: value })));
    const choices = asList(node.anyOf ?? node.oneOf).map(asNode);
    if (choices.length > 0) return this.#union(choices);
    const parts = asList(node.allOf).map((part) => this.#dereference(asNode(part)));
    if (parts.length > 0) return this.#shape(merged([...parts, node]));
    const types = asList(node.type);
    if (types.length > 0) return this.#union(types.map((type) => ({ ...node, type })));
    return this.#typed(node);
  }

  #typed(node: Readonly<Record<string, unknown>>): TypeShape {
    switch (node.type ?? impliedType(node)) {
      case 'null':
        return { kind: 'null' };
      case 'boolean':
        return { kind: 'boolean' };
      case 'number':
        return { kind: 'number' };
      case 'integer':
        return { kind: 'stated', type: integerType(node) };
      case 'string':
        return stringShape(node);
      case 'array':
        return this.#array(node);
      case 'object':
        return { kind: 'object', object: this.#object(node) };
      default:
        return { kind: 'unknown' };
    }
  }

  #union(nodes: readonly JsonSchemaNode[]): TypeShape {
    return { kind: 'union', members: nodes.map((node) => this.view(node)) };
  }

  #array(node: Readonly<Record<string, unknown>>): TypeShape {
    if (node.prefixItems === undefined) return { kind: 'array', element: this.view(asNode(node.items)) };
    const elements = asList(node.prefixItems).map((item) => this.view(asNode(item)));
    return { kind: 'tuple', elements, fixed: node.items === undefined || node.items === false };
  }

  #object(node: Readonly<Record<string, unknown>>): ObjectView {
    const required = asList(node.required);
    const patterns = Object.values(asRecord(node.patternProperties)).map(asNode);
    const open = node.additionalProperties;
    const values = [...patterns, ...(isRecord(open) || open === true ? [open] : [])];
    return {
      name: undefined,
      declaration: undefined,
      fromLibrary: false,
      callable: false,
      unread: unreadKeywords(node),
      properties: once(() =>
        Object.entries(asRecord(node.properties)).map(([name, value], index) =>
          this.#property(name, asNode(value), !required.includes(name), index),
        ),
      ),
      indexes: once(() =>
        values.map((value) => ({ key: this.view({ type: 'string' }), value: this.view(value) })),
      ),
    };
  }

  #property(name: string, node: JsonSchemaNode, optional: boolean, index: number): PropertyView {
    const type = once(() => this.view(node));
    return {
      name,
      get type() {
        return type();
      },
      optional,
      kind: 'property',
      access: 'public',
      // The place in the document stands for the place in a file.
      position: { file: this.#file, line: 1, column: 1, offset: index },
      doc: docOf(node),
      returnType: () => undefined,
    };
  }
}

/** Our tags, as a schema's own keywords: zod's `.meta({ glueType: 'decimal(10,2)' })`. */
const tagKeywords = ['glueIgnore', 'glueName', 'glueType', 'wire', 'flatten', 'renamedFrom', 'partitionKey'];

/** The description of a node as a doc comment. */
export function docOf(node: JsonSchemaNode): DocComment {
  if (typeof node === 'boolean') return noDoc;
  const tags = tagKeywords.flatMap((name): DocTag[] => {
    const value = node[name];
    if (typeof value === 'string') return [{ name, text: value }];
    return value === true ? [{ name, text: '' }] : [];
  });
  const text = typeof node.description === 'string' ? node.description.replace(/\s+/gu, ' ').trim() : '';
  return { text, tags, misplaced: [] };
}

function literalShape(value: unknown): TypeShape {
  if (typeof value === 'string') return { kind: 'string-literal', value };
  if (typeof value === 'number') return { kind: 'number-literal', value };
  if (typeof value === 'boolean') return { kind: 'boolean-literal', value };
  return value === null ? { kind: 'null' } : { kind: 'unknown' };
}

function impliedType(node: Readonly<Record<string, unknown>>): string | undefined {
  if ('properties' in node || 'patternProperties' in node) return 'object';
  return 'items' in node || 'prefixItems' in node ? 'array' : undefined;
}

/** One schema for `allOf`: names of every part, requirements of every part. */
function merged(nodes: readonly JsonSchemaNode[]): JsonSchemaNode {
  const parts = nodes.filter(isRecord);
  const properties: Record<string, unknown> = {};
  const whole: Record<string, unknown> = {};
  for (const part of parts) {
    Object.assign(properties, asRecord(part.properties));
    Object.assign(whole, part);
  }
  delete whole.allOf;
  const required = parts.flatMap((part) => asList(part.required));
  return Object.keys(properties).length === 0 ? whole : { ...whole, properties, required };
}

function resolvePointer(root: JsonSchemaNode, reference: string): JsonSchemaNode {
  if (!reference.startsWith('#')) return true;
  let at: unknown = root;
  for (const step of reference
    .slice(1)
    .split('/')
    .filter((part) => part !== ''))
    at = asRecord(at)[decodeURIComponent(step).replaceAll('~1', '/').replaceAll('~0', '~')];
  return asNode(at);
}

/** Keywords with which properties depend on other properties. */
const conditional = ['if', 'dependentSchemas', 'dependencies'];

function unreadKeywords(node: Readonly<Record<string, unknown>>): readonly UnreadKeyword[] {
  const known = new Set(Object.keys(asRecord(node.properties)));
  return conditional
    .filter((keyword) => keyword in node)
    .map((keyword) => {
      const parts =
        keyword === 'if' ? [node.if, node.then, node.else] : Object.values(asRecord(node[keyword]));
      const names = parts.flatMap((part) => Object.keys(asRecord(asRecord(part).properties)));
      return { keyword, names: [...new Set(names)].filter((name) => !known.has(name)) };
    });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asRecord = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What is not a schema says nothing: the same as `true`. */
const asNode = (value: unknown): JsonSchemaNode =>
  isRecord(value) || typeof value === 'boolean' ? value : true;

/** `int` where the bounds say that every value fits it, else `bigint`. */
function integerType(node: Readonly<Record<string, unknown>>): ColumnType {
  const low = bound(node.minimum, node.exclusiveMinimum, 1);
  const high = bound(node.maximum, node.exclusiveMaximum, -1);
  const fits = low !== undefined && high !== undefined && low >= -(2 ** 31) && high < 2 ** 31;
  return fits ? { kind: 'int' } : { kind: 'bigint', wire: 'number' };
}

function bound(inclusive: unknown, exclusive: unknown, step: number): number | undefined {
  if (typeof inclusive === 'number') return inclusive;
  return typeof exclusive === 'number' ? exclusive + step : undefined;
}

/** Formats with a column type of their own; every other text is a string. */
function stringShape(node: Readonly<Record<string, unknown>>): TypeShape {
  if (node.format === 'date-time') return { kind: 'stated', type: { kind: 'timestamp', wire: 'iso' } };
  if (node.format === 'date') return { kind: 'stated', type: { kind: 'date' } };
  const { maxLength } = node;
  if (typeof maxLength === 'number' && maxLength >= 1 && maxLength <= MAX_VARCHAR_LENGTH)
    return { kind: 'stated', type: { kind: 'varchar', length: maxLength } };
  return { kind: 'string' };
}
