/** The constraints that AWS's service model sets on a value. */
export type Shape =
  | {
      readonly kind: 'string';
      readonly min?: number;
      readonly max?: number;
      /** The whole value must match. */
      readonly pattern?: string;
      readonly values?: readonly string[];
    }
  | { readonly kind: 'integer' | 'double'; readonly min?: number; readonly max?: number }
  | { readonly kind: 'boolean' }
  /** Base64 on the wire; the limits count decoded bytes. */
  | { readonly kind: 'blob'; readonly max?: number }
  | { readonly kind: 'list'; readonly of: Shape; readonly min?: number; readonly max?: number }
  | { readonly kind: 'map'; readonly key: Shape; readonly value: Shape }
  | StructureShape
  /** Not looked into: a destination that this endpoint does not deliver to. */
  | { readonly kind: 'any' };

/** An object with named members. */
export interface StructureShape {
  readonly kind: 'structure';
  readonly members: Readonly<Record<string, Shape>>;
  readonly required: readonly string[];
}

/** Text of `min` to `max` characters. */
export function text(min: number, max: number, pattern?: string): Shape {
  return pattern === undefined || pattern === '.*'
    ? { kind: 'string', min, max }
    : { kind: 'string', min, max, pattern };
}

/** One of a set of words. */
export function oneOf(...values: readonly string[]): Shape {
  return { kind: 'string', values };
}

/** A whole number. */
export function integer(min?: number, max?: number): Shape {
  return { kind: 'integer', ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** A list. */
export function list(of: Shape, min?: number, max?: number): Shape {
  return { kind: 'list', of, ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

/** An object; `required` names the members that must be there. */
export function structure(
  members: Readonly<Record<string, Shape>>,
  required: readonly string[] = [],
): StructureShape {
  return { kind: 'structure', members, required };
}

/** True or false. */
export const boolean: Shape = { kind: 'boolean' };
