/**
 * The constraints that a service's published model sets on a request. A shape is data: one checker reads it, a test
 * can compare it with the model, and its type parameter is the TypeScript type of what the checker lets through.
 */
export type Shape<T = unknown> = ShapeNode & Yields<T>;

/** An object with named members. */
export type StructureShape<T = unknown> = StructureNode & Yields<T>;

/** The TypeScript type of what a shape lets through. */
export type InputOf<S> = S extends Yields<infer T> ? T : never;

/** Never set: carries the type alone. */
interface Yields<T> {
  readonly yields?: () => T;
}

/** A shape without its type, as the checker walks it. */
export type ShapeNode =
  | TextNode
  | NumberNode
  | { readonly kind: 'boolean' }
  | BlobNode
  | { readonly kind: 'list'; readonly of: ShapeNode; readonly min?: number; readonly max?: number }
  | { readonly kind: 'map'; readonly key: ShapeNode; readonly value: ShapeNode }
  | StructureNode
  /** Not looked into. */
  | { readonly kind: 'any' };

/** Text; the limits count characters. */
export interface TextNode {
  readonly kind: 'string';
  readonly min?: number;
  readonly max?: number;
  /** The whole value must match. */
  readonly pattern?: string;
  readonly regExp?: RegExp;
  readonly values?: readonly string[];
}

/** A number. */
export interface NumberNode {
  readonly kind: 'integer' | 'double';
  readonly min?: number;
  readonly max?: number;
}

/** Base64 on the wire; the limit counts decoded bytes. */
export interface BlobNode {
  readonly kind: 'blob';
  readonly max?: number;
}

/** A structure without its type. */
export interface StructureNode {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, ShapeNode>>;
  readonly required: readonly string[];
}

/** Text of `min` to `max` characters. */
export function text(min?: number, max?: number, pattern?: string): Shape<string> {
  const bounds = boundsOf(min, max);
  if (pattern === undefined || pattern === '.*') return { kind: 'string', ...bounds };
  return { kind: 'string', ...bounds, pattern, regExp: new RegExp(`^(?:${pattern})$`, 'u') };
}

/** One of a set of words. */
export function oneOf<const Word extends string>(...values: readonly Word[]): Shape<Word> {
  return { kind: 'string', values };
}

/** A whole number. */
export function integer(min?: number, max?: number): Shape<number> {
  return { kind: 'integer', ...boundsOf(min, max) };
}

/** Any number. */
export function double(min?: number, max?: number): Shape<number> {
  return { kind: 'double', ...boundsOf(min, max) };
}

/** Bytes, as base64. */
export function blob(max?: number): Shape<string> {
  return { kind: 'blob', ...boundsOf(undefined, max) };
}

/** A list. */
export function list<T>(of: Shape<T>, min?: number, max?: number): Shape<readonly T[]> {
  return { kind: 'list', of, ...boundsOf(min, max) };
}

/** An object with keys of the caller's own. */
export function map<T>(value: Shape<T>, key: Shape<string> = text()): Shape<Readonly<Record<string, T>>> {
  return { kind: 'map', key, value };
}

/** An object; `required` names the members that must be there. */
export function structure<
  const Members extends Readonly<Record<string, Shape>>,
  Name extends keyof Members = never,
>(
  members: Members,
  required: readonly (Name & string)[] = [],
): StructureShape<StructureInput<Members, Name>> {
  return { kind: 'structure', members, required };
}

/** What a structure lets through. */
export type StructureInput<Members, Name extends keyof Members> = {
  readonly [Key in Name]: InputOf<Members[Key]>;
} & { readonly [Key in Exclude<keyof Members, Name>]?: InputOf<Members[Key]> };

/** True or false. */
export const boolean: Shape<boolean> = { kind: 'boolean' };

/** Anything: a member that is kept as it came, or refused whole. */
export const any: Shape = { kind: 'any' };

function boundsOf(min?: number, max?: number): { readonly min?: number; readonly max?: number } {
  return { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}
