/**
 * The neutral picture of a TypeScript program that the walker reads. One thin adapter per compiler API
 * paints it (`classic/` for 5.x and 6.x, `native/` for 7), so that every version gives the same columns.
 */

import type { ColumnType } from '../table-schema.js';

/** Where something is declared; line and column count from 1, as tsc prints them. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Offset in the file's text: what declaration order is made of. */
  readonly offset: number;
}

/** One resolved type. */
export interface TypeView {
  /** Equal for equal types of one program; rises as they are made. */
  readonly id: number;
  /** As tsc prints it. */
  readonly text: string;
  /** It has no name, so its text is none; absent where only the text tells. */
  readonly isAnonymous?: boolean;
  readonly shape: TypeShape;
}

/** What a type is made of, without the compiler's own flags. */
export type TypeShape =
  | { readonly kind: IntrinsicKind }
  | { readonly kind: 'string-literal'; readonly value: string }
  | { readonly kind: 'number-literal'; readonly value: number }
  /** Decimal digits, with a minus sign where negative. */
  | { readonly kind: 'bigint-literal'; readonly value: string }
  | { readonly kind: 'boolean-literal'; readonly value: boolean }
  | { readonly kind: 'union'; readonly members: readonly TypeView[] }
  | { readonly kind: 'intersection'; readonly members: readonly TypeView[]; readonly object: ObjectView }
  | { readonly kind: 'array'; readonly element: TypeView }
  | {
      readonly kind: 'tuple';
      readonly elements: readonly TypeView[];
      /** False when an element is optional, rest or variadic. */
      readonly fixed: boolean;
    }
  | { readonly kind: 'object'; readonly object: ObjectView }
  /** A source that names column types itself. */
  | { readonly kind: 'stated'; readonly type: ColumnType };

/** Types without parts. `error` is what the compiler could not resolve; `template` is every text pattern. */
export type IntrinsicKind =
  | 'any'
  | 'bigint'
  | 'boolean'
  | 'error'
  | 'never'
  | 'non-primitive'
  | 'null'
  | 'number'
  | 'string'
  | 'symbol'
  | 'template'
  | 'type-parameter'
  | 'undefined'
  | 'unknown'
  | 'void';

/** An object type; the lists are made when asked for, since most library types never are. */
export interface ObjectView {
  /** Name of the interface or class, where it has one. */
  readonly name: string | undefined;
  /** Declared by TypeScript's own libraries. */
  readonly fromLibrary: boolean;
  /** The first declaration, where there is one: the same for all instances of a generic. */
  readonly declaration: DeclarationPlace | undefined;
  readonly callable: boolean;
  /** Keywords of a JSON Schema that are not read, with the properties that only they name. */
  readonly unread?: readonly UnreadKeyword[];
  properties(): readonly PropertyView[];
  indexes(): readonly IndexView[];
}

/** A keyword that says more than a list of columns can. */
export interface UnreadKeyword {
  readonly keyword: string;
  readonly names: readonly string[];
}

/** Which declaration made a type. */
export interface DeclarationPlace {
  readonly file: string;
  /** Rises through the file; not always an offset. */
  readonly order: number;
}

/** One property of an object type. */
export interface PropertyView {
  readonly name: string;
  readonly type: TypeView;
  readonly optional: boolean;
  /** `accessor`: of a class, on whose prototype JSON.stringify does not look. */
  readonly kind: 'property' | 'method' | 'accessor';
  /** `symbol`: the key is a unique symbol; `hash`: a `#private` field; `private`: private or protected. */
  readonly access: 'public' | 'private' | 'hash' | 'symbol';
  /** First declaration; none for the keys of a mapped type over literals. */
  readonly position: SourcePosition | undefined;
  readonly doc: DocComment;
  /** What the property gives when called without arguments. */
  returnType(): TypeView | undefined;
}

/** One index signature. */
export interface IndexView {
  readonly key: TypeView;
  readonly value: TypeView;
}

/** The last JSDoc block before a declaration. */
export interface DocComment {
  /** Description as one line, inline tags reduced to their text. */
  readonly text: string;
  readonly tags: readonly DocTag[];
  /** Our tags in a block that TypeScript does not count, since it is on the line of the token before. */
  readonly misplaced: readonly string[];
}

/** A block tag: `@glueType decimal(10,2)`. */
export interface DocTag {
  readonly name: string;
  readonly text: string;
}

/** A diagnostic of TypeScript itself. */
export interface CompilerMessage {
  readonly code: number;
  readonly message: string;
  readonly position: SourcePosition | undefined;
}

/** The type that an entry file exports under a name. */
export interface ExportedType {
  readonly type: TypeView;
  readonly doc: DocComment;
  readonly position: SourcePosition;
  /** The declaration has type parameters without a default. */
  readonly openGeneric: boolean;
}

/** One TypeScript program. */
export interface TypeProgram {
  /** Syntactic and semantic errors of a file. */
  messages(file: string): readonly CompilerMessage[];
  /** Names of the types that a file exports. */
  exportedNames(file: string): readonly string[];
  exportedType(file: string, name: string): ExportedType | undefined;
  close(): void;
}

/** The same function, asked at most once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Flags of the compiler's types, as both of its interfaces name them. */
type Flag =
  | 'BigInt'
  | 'Boolean'
  | 'Conditional'
  | 'Index'
  | 'IndexedAccess'
  | 'Never'
  | 'NonPrimitive'
  | 'Null'
  | 'Number'
  | 'String'
  | 'StringMapping'
  | 'Substitution'
  | 'TemplateLiteral'
  | 'TypeParameter'
  | 'Undefined'
  | 'Unknown'
  | 'Void';

/** Returns the kind of a type without parts by its flags; undefined where they do not say. */
export function intrinsicOf(
  flags: number,
  flagOf: Readonly<Record<Flag, number>>,
): IntrinsicKind | undefined {
  const is = (wanted: number): boolean => (flags & wanted) !== 0;
  if (is(flagOf.Unknown)) return 'unknown';
  if (is(flagOf.Never)) return 'never';
  if (is(flagOf.Void)) return 'void';
  if (is(flagOf.Undefined)) return 'undefined';
  if (is(flagOf.Null)) return 'null';
  if (is(flagOf.String)) return 'string';
  if (is(flagOf.Number)) return 'number';
  if (is(flagOf.BigInt)) return 'bigint';
  if (is(flagOf.Boolean)) return 'boolean';
  if (is(flagOf.NonPrimitive)) return 'non-primitive';
  if (is(flagOf.TemplateLiteral | flagOf.StringMapping | flagOf.Index)) return 'template';
  const open = flagOf.TypeParameter | flagOf.IndexedAccess | flagOf.Conditional | flagOf.Substitution;
  return is(open) ? 'type-parameter' : undefined;
}
