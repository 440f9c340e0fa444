import type ts from 'typescript';
import { ClassicProperties } from './classic-property.js';
import {
  intrinsicOf,
  type IndexView,
  type IntrinsicKind,
  type ObjectView,
  once,
  type SourcePosition,
  type TypeShape,
  type TypeView,
} from '../type-view.js';

/** Paints the checker's types of TypeScript 5 and 6 as neutral views. */
export class ClassicReader {
  readonly #ts: typeof ts;
  readonly #program: ts.Program;
  readonly #checker: ts.TypeChecker;
  /** One view per type, so that equal types have equal ids and lists are made once. */
  readonly #views = new Map<ts.Type, TypeView>();
  readonly #properties: ClassicProperties;

  constructor(typescript: typeof ts, program: ts.Program) {
    this.#ts = typescript;
    this.#program = program;
    this.#checker = program.getTypeChecker();
    this.#properties = new ClassicProperties({
      ts: typescript,
      checker: this.#checker,
      view: (type) => this.view(type),
      positionOf: (declaration) => this.positionOf(declaration),
    });
  }

  /** The neutral view of a type. */
  view(type: ts.Type): TypeView {
    const known = this.#views.get(type);
    if (known !== undefined) return known;
    const id = numberOf(type) ?? -1 - this.#views.size;
    const text = once(() => this.#checker.typeToString(type));
    const shape = once(() => this.#shape(type));
    const view: TypeView = {
      id,
      // Printing one costs as much as reading it.
      isAnonymous: type.aliasSymbol === undefined && symbolOf(type)?.name === '__type',
      get text() {
        return text();
      },
      get shape() {
        return shape();
      },
    };
    this.#views.set(type, view);
    return view;
  }

  /** Where a declaration's name stands. */
  positionOf(declaration: ts.Declaration): SourcePosition {
    const name = this.#ts.getNameOfDeclaration(declaration) ?? declaration;
    return this.positionAt(declaration.getSourceFile(), name.getStart());
  }

  /** An offset as a position. */
  positionAt(source: ts.SourceFile, offset: number): SourcePosition {
    const { line, character } = source.getLineAndCharacterOfPosition(offset);
    return { file: source.fileName, line: line + 1, column: character + 1, offset };
  }

  #shape(type: ts.Type): TypeShape {
    // A type emitted without arguments takes its parameters' defaults.
    const standIn = type.isTypeParameter() ? type.getDefault() : undefined;
    if (standIn !== undefined) return this.view(standIn).shape;
    const intrinsic = this.#intrinsic(type);
    if (intrinsic !== undefined) return { kind: intrinsic };
    const { TypeFlags } = this.#ts;
    if (type.isStringLiteral()) return { kind: 'string-literal', value: type.value };
    if (type.isNumberLiteral()) return { kind: 'number-literal', value: type.value };
    if (isBigIntLiteral(this.#ts, type))
      return { kind: 'bigint-literal', value: `${type.value.negative ? '-' : ''}${type.value.base10Value}` };
    if ((type.flags & TypeFlags.BooleanLiteral) !== 0)
      return { kind: 'boolean-literal', value: this.#checker.typeToString(type) === 'true' };
    if (type.isUnion()) return { kind: 'union', members: type.types.map((member) => this.view(member)) };
    if (type.isIntersection())
      return {
        kind: 'intersection',
        members: type.types.map((member) => this.view(member)),
        object: this.#object(type),
      };
    return this.#sequence(type) ?? { kind: 'object', object: this.#object(type) };
  }

  #intrinsic(type: ts.Type): IntrinsicKind | undefined {
    const { TypeFlags: Flags } = this.#ts;
    const is = (flags: ts.TypeFlags): boolean => (type.flags & flags) !== 0;
    // The checker's error type is an `any` with its own name; no public flag tells them apart.
    if (is(Flags.Any))
      return (type as { intrinsicName?: string }).intrinsicName === 'error' ? 'error' : 'any';
    if (is(Flags.ESSymbolLike)) return 'symbol';
    // An enum with computed members has no literals to list.
    if (is(Flags.Enum) && !type.isUnion()) return 'number';
    return intrinsicOf(type.flags, Flags);
  }

  #sequence(type: ts.Type): TypeShape | undefined {
    if (!this.#checker.isArrayType(type) && !this.#checker.isTupleType(type)) return undefined;
    // Both checks above say that the type is a reference with arguments; the API has no guard for it.
    const reference = type as ts.TypeReference;
    const parts = this.#checker.getTypeArguments(reference).map((part) => this.view(part));
    if (this.#checker.isArrayType(type)) {
      const [element] = parts;
      return element === undefined ? undefined : { kind: 'array', element };
    }
    const flags = (reference.target as ts.TupleType).elementFlags;
    return {
      kind: 'tuple',
      elements: parts,
      fixed: flags.every((flag) => flag === this.#ts.ElementFlags.Required),
    };
  }

  #object(type: ts.Type): ObjectView {
    const declarations = symbolOf(type)?.declarations ?? [];
    const [first] = declarations;
    return {
      declaration: first && { file: first.getSourceFile().fileName, order: first.pos },
      name: this.#nameOf(type),
      fromLibrary: declarations.some((declaration) =>
        this.#program.isSourceFileDefaultLibrary(declaration.getSourceFile()),
      ),
      callable: type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0,
      properties: once(() =>
        this.#checker.getPropertiesOfType(type).map((symbol) => this.#properties.view(symbol)),
      ),
      indexes: once(() =>
        this.#checker
          .getIndexInfosOfType(type)
          .map((info): IndexView => ({ key: this.view(info.keyType), value: this.view(info.type) })),
      ),
    };
  }

  #nameOf(type: ts.Type): string | undefined {
    const name = symbolOf(type)?.name;
    return name === undefined || name.startsWith('__') ? undefined : name;
  }
}

// The checker numbers types as it makes them; its declarations keep that number to themselves.
const numberOf = (type: ts.Type): number | undefined => (type as { readonly id?: number }).id;

const isBigIntLiteral = (typescript: typeof ts, type: ts.Type): type is ts.BigIntLiteralType =>
  (type.flags & typescript.TypeFlags.BigIntLiteral) !== 0;

// The declaration says always; an anonymous mapped type or a union has none.
const symbolOf = (type: ts.Type): ts.Symbol | undefined => type.symbol;
