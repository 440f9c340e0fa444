import type { Node, TypeNode } from 'typescript-7/unstable/ast';
import type * as native from 'typescript-7/unstable/sync';
import { noDoc, readDocComment } from '../doc-comment.js';
import {
  intrinsicOf,
  type IndexView,
  type IntrinsicKind,
  type ObjectView,
  type PropertyView,
  type SourcePosition,
  type TypeShape,
  type TypeView,
} from '../type-view.js';
import { once } from '../type-view.js';

/** Paints the checker's types of TypeScript 7 as neutral views; every question is a call to its process. */
export class NativeReader {
  readonly #ts: typeof native;
  readonly #project: native.Project;
  /** One view per type id, so that equal types have equal ids and nothing is asked twice. */
  readonly #views = new Map<number, TypeView>();

  constructor(typescript: typeof native, project: native.Project) {
    this.#ts = typescript;
    this.#project = project;
  }

  /** The neutral view of a type. */
  view(type: native.Type): TypeView {
    const known = this.#views.get(type.id);
    if (known !== undefined) return known;
    const text = once(() => this.#project.checker.typeToString(type));
    const shape = once(() => this.#shape(type));
    const view: TypeView = {
      id: type.id,
      get text() {
        return text();
      },
      get shape() {
        return shape();
      },
    };
    this.#views.set(type.id, view);
    return view;
  }

  /** Where a declaration's name stands. */
  positionOf(declaration: Node): SourcePosition {
    const source = declaration.getSourceFile();
    const offset = nameNode(declaration).getStart(source);
    const { line, character } = source.getLineAndCharacterOfPosition(offset);
    return { file: source.fileName, line: line + 1, column: character + 1, offset };
  }

  /** An offset as a position. */
  positionAt(file: string, offset: number): SourcePosition | undefined {
    const source = this.#project.program.getSourceFile(file);
    if (source === undefined) return undefined;
    const { line, character } = source.getLineAndCharacterOfPosition(offset);
    return { file: source.fileName, line: line + 1, column: character + 1, offset };
  }

  #shape(type: native.Type): TypeShape {
    // A type emitted without arguments takes its parameters' defaults.
    const standIn = type.isTypeParameter() ? this.#defaultOf(type) : undefined;
    if (standIn !== undefined) return this.view(standIn).shape;
    const intrinsic = this.#intrinsic(type);
    if (intrinsic !== undefined) return { kind: intrinsic };
    if (type.isStringLiteralType()) return { kind: 'string-literal', value: type.value };
    if (type.isNumberLiteralType()) return { kind: 'number-literal', value: type.value };
    if (type.isBigIntLiteralType()) return { kind: 'bigint-literal', value: type.value.toString() };
    if (type.isBooleanLiteralType()) return { kind: 'boolean-literal', value: type.value };
    const views = (types: readonly native.Type[]): TypeView[] => types.map((member) => this.view(member));
    if (type.isUnionType()) return { kind: 'union', members: views(type.getTypes()) };
    if (type.isIntersectionType())
      return { kind: 'intersection', members: views(type.getTypes()), object: this.#object(type) };
    return this.#sequence(type) ?? { kind: 'object', object: this.#object(type) };
  }

  #defaultOf(type: native.TypeParameter): native.Type | undefined {
    const declaration = type.getSymbol()?.declarations[0]?.resolve();
    const node = declaration && defaultNode(declaration);
    return node && this.#project.checker.getTypeFromTypeNode(node);
  }

  #intrinsic(type: native.Type): IntrinsicKind | undefined {
    const { TypeFlags: Flags } = this.#ts;
    const is = (flags: number): boolean => (type.flags & flags) !== 0;
    if (type.isErrorType()) return 'error';
    if (is(Flags.Any)) return 'any';
    if (is(Flags.ESSymbol | Flags.UniqueESSymbol)) return 'symbol';
    // An enum with computed members has no literals to list.
    if (is(Flags.Enum) && !is(Flags.Union)) return 'number';
    return intrinsicOf(type.flags, Flags);
  }

  #sequence(type: native.Type): TypeShape | undefined {
    const { checker } = this.#project;
    if (!type.isTypeReference()) return undefined;
    const isArray = checker.isArrayType(type);
    if (!isArray && !checker.isTupleType(type)) return undefined;
    const parts = checker.getTypeArguments(type).map((part) => this.view(part));
    if (isArray) {
      const [element] = parts;
      return element === undefined ? undefined : { kind: 'array', element };
    }
    const target = type.getTarget();
    const { Required } = this.#ts.ElementFlags;
    return {
      kind: 'tuple',
      elements: parts,
      // An empty tuple comes without the list.
      fixed:
        parts.length > 0 && target.isTupleType() && target.elementFlags.every((flag) => flag === Required),
    };
  }

  #object(type: native.Type): ObjectView {
    const { checker, program } = this.#project;
    const symbol = type.getSymbol();
    const callable = once(() =>
      [this.#ts.SignatureKind.Call, this.#ts.SignatureKind.Construct].some(
        (kind) => checker.getSignaturesOfType(type, kind).length > 0,
      ),
    );
    const first = symbol?.declarations[0];
    return {
      declaration: first && { file: first.path, order: first.index },
      name: symbol === undefined || /^(?:__|\uFFFD|\u00FE)/u.test(symbol.name) ? undefined : symbol.name,
      fromLibrary: (symbol?.declarations ?? []).some(
        ({ path }) => program.getSourceFileMetadataByPath(path)?.isDefaultLibrary === true,
      ),
      get callable() {
        return callable();
      },
      properties: once(() => this.#properties(checker.getPropertiesOfType(type))),
      indexes: once(() =>
        checker
          .getIndexInfosOfType(type)
          .map((info): IndexView => ({ key: this.view(info.keyType), value: this.view(info.valueType) })),
      ),
    };
  }

  /** All their types in one call: a call each would double the time of a wide type. */
  #properties(symbols: readonly native.Symbol[]): readonly PropertyView[] {
    const { checker } = this.#project;
    const types = once(() => checker.getTypeOfSymbol(symbols));
    return symbols.map((symbol, index) =>
      this.#property(symbol, () => types()[index] ?? checker.getUnknownType()),
    );
  }

  #property(symbol: native.Symbol, typeOf: () => native.Type): PropertyView {
    const { SymbolFlags, SignatureKind } = this.#ts;
    const { checker } = this.#project;
    const declaration = once(() => symbol.declarations[0]?.resolve());
    const symbolName = /^__@(.+)@\d+$/u.exec(symbol.escapedName);
    const position = once(() => {
      const node = declaration();
      return node && this.positionOf(node);
    });
    const doc = once(() => {
      const node = declaration();
      return node === undefined ? noDoc : readDocComment(node.getSourceFile().text, node.pos);
    });
    const type = once(() => this.view(typeOf()));
    const { flags } = symbol;
    const isAccessor = once(() => (flags & SymbolFlags.Accessor) !== 0 && isOfClass(declaration()));
    return {
      name: symbolName?.[1] ?? symbol.name,
      get type() {
        return type();
      },
      optional: (flags & SymbolFlags.Optional) !== 0,
      get kind() {
        return (flags & SymbolFlags.Method) !== 0 ? 'method' : isAccessor() ? 'accessor' : 'property';
      },
      get access() {
        return symbolName !== null ? 'symbol' : accessOf(symbol.escapedName, declaration());
      },
      get position() {
        return position();
      },
      get doc() {
        return doc();
      },
      returnType: () => {
        const [signature] = checker.getSignaturesOfType(typeOf(), SignatureKind.Call);
        const returned = signature && checker.getReturnTypeOfSignature(signature);
        return returned && this.view(returned);
      },
    };
  }
}

/** Read from the text before the members, as a person reads it. */
function isOfClass(declaration: Node | undefined): boolean {
  const parent = declaration?.parent;
  if (declaration === undefined || parent === undefined) return false;
  const source = declaration.getSourceFile();
  const [head = ''] = source.text.slice(parent.getStart(source), declaration.pos).split('{');
  return /\bclass\b/u.test(head);
}

/** Read from the declaration's own text, up to its name, as a person reads it. */
function accessOf(escapedName: string, declaration: Node | undefined): PropertyView['access'] {
  if (/^.{0,2}#/u.test(escapedName)) return 'hash';
  if (declaration === undefined) return 'public';
  const source = declaration.getSourceFile();
  const before = source.text.slice(declaration.getStart(source), nameNode(declaration).getStart(source));
  return /\b(?:private|protected)\b/u.test(before) ? 'private' : 'public';
}

/** The name of a declaration, or the declaration itself where it has none. */
function nameNode(declaration: Node): Node {
  return 'name' in declaration && isNode(declaration.name) ? declaration.name : declaration;
}

/** Whether a type declaration has a type parameter without a default. */
export function hasOpenParameter(declaration: Node): boolean {
  if (!('typeParameters' in declaration) || !Array.isArray(declaration.typeParameters)) return false;
  const parameters: readonly unknown[] = declaration.typeParameters;
  return parameters.some((parameter) => isNode(parameter) && defaultNode(parameter) === undefined);
}

/** The default of a type parameter's declaration. */
function defaultNode(declaration: Node): TypeNode | undefined {
  if (!('defaultType' in declaration) || !isNode(declaration.defaultType)) return undefined;
  // What is in that place is a type by the grammar; the AST has no guard for all kinds of types.
  return declaration.defaultType as TypeNode;
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'kind' in value && 'pos' in value;
