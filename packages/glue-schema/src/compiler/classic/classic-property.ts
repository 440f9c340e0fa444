import type ts from 'typescript';
import { noDoc, readDocComment } from '../doc-comment.js';
import type { DocComment, PropertyView, SourcePosition, TypeView } from '../type-view.js';

/** What properties are painted with. */
export interface PropertyContext {
  readonly ts: typeof ts;
  readonly checker: ts.TypeChecker;
  /** The neutral view of a type. */
  view(type: ts.Type): TypeView;
  /** Where a declaration's name stands. */
  positionOf(declaration: ts.Declaration): SourcePosition;
}

/** What the text says of one declaration: the same for every type that has it. */
interface Declared {
  readonly position: SourcePosition;
  readonly doc: DocComment;
}

/**
 * Paints the properties of TypeScript 5 and 6. One that many types inherit is painted once, and what its text says is read
 * once for all the types that a generic one becomes: a package of types has ten times as many properties as declarations.
 */
export class ClassicProperties {
  readonly #context: PropertyContext;
  readonly #views = new Map<ts.Symbol, PropertyView>();
  readonly #declared = new Map<ts.Declaration, Declared>();

  constructor(context: PropertyContext) {
    this.#context = context;
  }

  /** The neutral view of a property. */
  view(symbol: ts.Symbol): PropertyView {
    const known = this.#views.get(symbol);
    if (known !== undefined) return known;
    const view = new ClassicProperty(this.#context, symbol, (declaration) => this.#read(declaration));
    this.#views.set(symbol, view);
    return view;
  }

  #read(declaration: ts.Declaration): Declared {
    const known = this.#declared.get(declaration);
    if (known !== undefined) return known;
    const declared = {
      position: this.#context.positionOf(declaration),
      doc: readDocComment(declaration.getSourceFile().text, declaration.pos),
    };
    this.#declared.set(declaration, declared);
    return declared;
  }
}

class ClassicProperty implements PropertyView {
  readonly #context: PropertyContext;
  readonly #symbol: ts.Symbol;
  readonly #read: (declaration: ts.Declaration) => Declared;

  constructor(context: PropertyContext, symbol: ts.Symbol, read: (declaration: ts.Declaration) => Declared) {
    this.#context = context;
    this.#symbol = symbol;
    this.#read = read;
  }

  get name(): string {
    return this.#symbolName ?? this.#symbol.name;
  }

  get type(): TypeView {
    // The checker keeps what it found.
    return this.#context.view(this.#context.checker.getTypeOfSymbol(this.#symbol));
  }

  get optional(): boolean {
    return this.#has(this.#context.ts.SymbolFlags.Optional);
  }

  get kind(): PropertyView['kind'] {
    const { SymbolFlags } = this.#context.ts;
    if (this.#has(SymbolFlags.Method)) return 'method';
    return this.#has(SymbolFlags.Accessor) && this.#isOfClass ? 'accessor' : 'property';
  }

  get access(): PropertyView['access'] {
    if (this.#symbolName !== undefined) return 'symbol';
    if (this.#symbol.escapedName.toString().startsWith('__#')) return 'hash';
    const { ts } = this.#context;
    const declaration = this.#declaration;
    const flags = declaration === undefined ? 0 : ts.getCombinedModifierFlags(declaration);
    const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;
    return (flags & hidden) === 0 ? 'public' : 'private';
  }

  get position(): SourcePosition | undefined {
    return this.#declaration && this.#read(this.#declaration).position;
  }

  get doc(): DocComment {
    return this.#declaration === undefined ? noDoc : this.#read(this.#declaration).doc;
  }

  returnType(): TypeView | undefined {
    const { checker } = this.#context;
    const signature = checker.getTypeOfSymbol(this.#symbol).getCallSignatures()[0];
    return signature && this.#context.view(checker.getReturnTypeOfSignature(signature));
  }

  get #declaration(): ts.Declaration | undefined {
    return this.#symbol.declarations?.[0];
  }

  /** The name of a key that is a unique symbol. */
  get #symbolName(): string | undefined {
    return /^__@(.+)@\d+$/u.exec(this.#symbol.escapedName.toString())?.[1];
  }

  get #isOfClass(): boolean {
    return this.#declaration !== undefined && this.#context.ts.isClassLike(this.#declaration.parent);
  }

  #has(flag: ts.SymbolFlags): boolean {
    return (this.#symbol.flags & flag) !== 0;
  }
}
