import { syntaxError, unsupported } from './error.js';
import type { Token } from './lexer.js';
import type { Node } from './syntax.js';
import { jqLimits, tooDeep } from './work-limit.js';

/** Reads tokens one after another, and says where something else was expected. */
export class TokenReader {
  readonly program: string;
  readonly #tokens: readonly Token[];
  readonly #pipe: (reader: TokenReader) => Node;
  #at = 0;
  #depth: number;

  /**
   * `pipe` parses the loosest level of the grammar, which every bracket inside a term goes back to; `depth` is that
   * of the text in the program around it.
   */
  constructor(program: string, tokens: readonly Token[], pipe: (reader: TokenReader) => Node, depth = 0) {
    this.#depth = depth;
    this.program = program;
    this.#tokens = tokens;
    this.#pipe = pipe;
  }

  /** Parses something that may hold itself; refused where it does so too often. */
  within(parse: (reader: TokenReader) => Node): Node {
    this.#depth += 1;
    // A bracket passes here twice, a sign or a bar once.
    if (this.#depth > 2 * jqLimits.depth) throw tooDeep('the expression');
    const node = parse(this);
    this.#depth -= 1;
    return node;
  }

  /** Parses `a | b` and everything tighter. */
  parsePipe(): Node {
    return this.within(this.#pipe);
  }

  /** Parses all of it as one expression. */
  parseWhole(): Node {
    const node = this.parsePipe();
    this.expectEnd();
    return node;
  }

  /** Parses what stands inside a string's `\(…)`. */
  parseNested(tokens: readonly Token[]): Node {
    return new TokenReader(this.program, tokens, this.#pipe, this.#depth).parseWhole();
  }

  /** The next token, left where it is. */
  peek(ahead = 0): Token {
    return this.#tokens[this.#at + ahead] ?? { kind: 'end', text: 'the end', at: this.program.length };
  }

  /** The next token, taken. */
  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Takes this symbol if it comes next. */
  take(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.#at += 1;
    return true;
  }

  /** Takes whichever of these symbols comes next. */
  takeAny<S extends string>(symbols: readonly S[]): S | undefined {
    const found = symbols.find((symbol) => symbol === this.peek().text);
    return found !== undefined && this.take(found) ? found : undefined;
  }

  /** Takes this keyword if it comes next. */
  takeWord(word: string): boolean {
    const token = this.peek();
    if (token.kind !== 'name' || token.text !== word) return false;
    this.#at += 1;
    return true;
  }

  /** Takes `$name`; patterns that take values apart are outside the subset. */
  takeVariable(): string {
    const token = this.next();
    if (token.kind === 'variable') return token.text.slice(1);
    if (token.text === '[' || token.text === '{') {
      throw unsupported(`a destructuring pattern "${token.text}" in ${this.program}`);
    }
    throw this.#unexpected(token, '$name');
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) throw this.#unexpected(this.peek(), `"${symbol}"`);
  }

  expectWord(word: string): void {
    if (!this.takeWord(word)) throw this.#unexpected(this.peek(), `"${word}"`);
  }

  expectEnd(): void {
    const token = this.peek();
    if (token.kind !== 'end') throw this.#unexpected(token, 'the end');
  }

  /** The error for a token that no rule can take. */
  unexpected(expected: string): Error {
    return this.#unexpected(this.peek(), expected);
  }

  #unexpected(token: Token, expected: string): Error {
    return syntaxError(`expected ${expected}, got ${token.text}`, this.program, token.at);
  }
}
