import { queryLimits } from '../query/query-limits.js';
import { notSupported, syntaxFailure, unknownFunction } from './athena-error.js';
import { Brackets } from './brackets.js';
import { meaningfulTokens, type SqlToken } from './sql-tokens.js';
import { checkGrammar } from './foreign-grammar.js';
import { beginsTableQuery, isDuckDbsWord } from './duckdb-words.js';
import { constructorTokens } from './json-constructors.js';
import { intervalCall, literalCall, quoted, timestampCall, unicodeText, unquoted } from './trino-literals.js';
import { foreignSymbols, jsonCalls, literalTypes, refusedWords, wordCalls } from './trino-words.js';

/** Words behind the last row of VALUES; another VALUES is in brackets, or is no row. */
const endsValues: ReadonlySet<string> = new Set(
  'ORDER LIMIT OFFSET FETCH UNION EXCEPT INTERSECT VALUES'.split(' '),
);

/**
 * Rewrites a statement in Trino's grammar so that DuckDB's parser reads it and the tree shows what it means: casts,
 * literals and what DuckDB has no word for become calls of functions, whose names no client can write.
 */
export function readableByDuckDb(sql: string): string {
  const tokens = meaningfulTokens(sql);
  const most = queryLimits.statementTokens;
  if (tokens.length > most) throw notSupported(`a statement of more than ${most} parts`);
  checkGrammar(tokens);
  return rewriteTokens(tokens);
}

/** The text that DuckDB's parser reads in the place of tokens; each is looked at a few times, however they are nested. */
export function rewriteTokens(tokens: readonly SqlToken[]): string {
  return new GrammarRewriter(tokens).rewrite();
}

class GrammarRewriter {
  readonly #tokens: readonly SqlToken[];
  readonly #brackets: Brackets;
  readonly #out: string[] = [];
  /** What is put before a token, or in the place of one that is dropped. */
  readonly #before = new Map<number, string>();
  readonly #instead = new Map<number, string>();

  constructor(tokens: readonly SqlToken[]) {
    this.#tokens = tokens;
    this.#brackets = new Brackets(tokens);
  }

  rewrite(): string {
    for (let at = 0; at < this.#tokens.length; at += 1) this.#look(at);
    this.#tokens.forEach(({ text }, at) => {
      const before = this.#before.get(at);
      if (before !== undefined) this.#out.push(before);
      this.#out.push(this.#instead.get(at) ?? text);
    });
    const after = this.#before.get(this.#tokens.length);
    if (after !== undefined) this.#out.push(after);
    return this.#out.join(' ');
  }

  #key(at: number): string {
    return this.#tokens[at]?.key ?? '';
  }

  #put(at: number, text: string): void {
    this.#before.set(at, `${this.#before.get(at) ?? ''} ${text}`);
  }

  #drop(from: number, to: number, instead = ''): void {
    for (let at = from; at <= to; at += 1) this.#instead.set(at, at === from ? instead : '');
  }

  #look(at: number): void {
    const token = this.#tokens[at];
    if (token === undefined || (this.#instead.has(at) && token.kind !== 'number')) return;
    const { kind, key, text } = token;
    switch (kind) {
      case 'number':
        if (text.includes('_')) throw notSupported('digits with _ between them');
        // The tree of a statement is JSON, which has no number beyond a double.
        if (/[.e]/i.test(text) && Number(text) === Infinity) {
          this.#instead.set(at, `trino_cast('Infinity', 'DOUBLE')`);
          return;
        }
        // A literal with a point is a double in Athena, and a decimal in DuckDB.
        if (text.includes('.') && !/e/i.test(text)) this.#instead.set(at, `${text}e0`);
        return;
      case 'bytes':
        this.#instead.set(at, `trino_lit_bytes(${quoted(text.slice(2, -1).replaceAll(/\s/g, ''))})`);
        return;
      case 'symbol':
        this.#symbol(at, text);
        return;
      case 'word':
        this.#word(at, key);
        return;
      case 'name':
        if (text.startsWith('`')) throw syntaxFailure("mismatched input '`'");
        return;
      default:
    }
  }

  #symbol(at: number, text: string): void {
    if (foreignSymbols.has(text)) throw syntaxFailure(`mismatched input '${text}'`);
    if (text === '/' && this.#key(at + 1) === '/') throw syntaxFailure(`mismatched input '/'`);
    if (text === '*' && this.#key(at + 1) === '*') throw syntaxFailure(`mismatched input '*'`);
    if (text === '->') this.#lambda(at);
  }

  #lambda(at: number): void {
    if (this.#key(at - 1) !== ')') {
      this.#put(at - 1, 'lambda');
      this.#instead.set(at, ':');
      return;
    }
    const start = this.#brackets.openingOf(at - 1);
    if (start === undefined) throw syntaxFailure("mismatched input '->'");
    if (start === at - 2) throw notSupported('a lambda without parameters');
    this.#instead.set(start, 'lambda');
    this.#instead.set(at - 1, '');
    this.#instead.set(at, ':');
  }

  #word(at: number, key: string): void {
    const refused = Object.hasOwn(refusedWords, key) ? refusedWords[key] : undefined;
    if (refused !== undefined && this.#key(at - 1) !== '.') throw notSupported(refused);
    const next = this.#tokens[at + 1];
    const opens = next?.text === '(';
    if (opens && key.startsWith('TRINO_')) throw unknownFunction(key.toLowerCase());
    if (key === 'TIME' && next?.kind === 'text') throw notSupported('the type time');
    if (key === 'WITH' && next?.key === 'TIES') throw notSupported('FETCH FIRST WITH TIES; use rank()');
    const call = Object.hasOwn(wordCalls, key) ? wordCalls[key] : undefined;
    if ((key === 'CAST' || key === 'TRY_CAST') && opens) this.#cast(at, key);
    else if (key === 'U' && next?.text === '&' && this.#tokens[at + 2]?.kind === 'text')
      this.#drop(at, at + 2, unicodeText(this.#tokens[at + 2]?.text ?? ''));
    else if (key === 'INTERVAL' && this.#isSignedText(at + 1)) this.#interval(at);
    else if (key === 'TIMESTAMP' && next?.kind === 'text')
      this.#drop(at, at + 1, timestampCall(unquoted(next.text)));
    else if (literalTypes.has(key) && next?.kind === 'text') this.#literal(at, key, unquoted(next.text));
    else if ((key === 'IGNORE' || key === 'RESPECT') && next?.key === 'NULLS') this.#nulls(at, key);
    else if (key === 'WITHIN' && next?.key === 'GROUP') this.#within(at);
    else if (key === 'VALUES') this.#values(at);
    else if (key === 'IF' && opens) this.#if(at);
    else if (key === 'DATE' && opens) this.#instead.set(at, 'trino_lit_date');
    else if (key === 'AT' && !(next?.key === 'TIME' && this.#key(at + 2) === 'ZONE')) this.#quote(at);
    else if (jsonCalls.has(key) && opens) this.#jsonCall(at, key);
    else if (call !== undefined && this.#key(at - 1) !== '.' && this.#key(at - 1) !== 'AS')
      this.#wordCall(at, key, call);
    else if (beginsTableQuery(this.#tokens, at)) this.#instead.set(at, 'SELECT * FROM');
    else if (isDuckDbsWord(this.#tokens, at)) this.#quote(at);
  }

  /** A word that is a call without parentheses, or with a precision in them. */
  #wordCall(at: number, key: string, call: string): void {
    const opens = this.#key(at + 1) === '(';
    if (opens && key !== 'CURRENT_DATE' && this.#key(at + 2) !== '3')
      throw notSupported(`${call} with another precision than 3`);
    this.#drop(at, opens ? this.#brackets.closingOf(at + 1) : at, `trino_lit_${call}()`);
  }

  #isSignedText(at: number): boolean {
    const isSign = ['-', '+'].includes(this.#key(at));
    return this.#tokens[isSign ? at + 1 : at]?.kind === 'text';
  }

  /** The word as a name of its own. */
  #quote(at: number): void {
    this.#instead.set(at, `"${this.#tokens[at]?.text.toLowerCase() ?? ''}"`);
  }

  /** `CAST(x AS t)` as `trino_cast(x, 't')`: DuckDB has other types, and rounds otherwise. */
  #cast(at: number, key: string): void {
    const end = this.#brackets.closingOf(at + 1);
    const as = this.#brackets.lastAsIn(at + 1);
    if (as === undefined || end === this.#tokens.length) throw syntaxFailure(`mismatched input in ${key}`);
    const type = Array.from(this.#tokens.slice(as + 1, end), ({ text }) => text).join(' ');
    this.#instead.set(at, key === 'CAST' ? 'trino_cast' : 'trino_try_cast');
    this.#drop(as, end - 1, `, ${quoted(type)}`);
  }

  #interval(at: number): void {
    const signed = this.#key(at + 1) === '-' || this.#key(at + 1) === '+';
    const textAt = signed ? at + 2 : at + 1;
    const value = unquoted(this.#tokens[textAt]?.text ?? "''");
    const unit = this.#key(textAt + 1);
    const isRange = this.#key(textAt + 2) === 'TO';
    const to = isRange ? this.#key(textAt + 3) : unit;
    this.#drop(at, textAt + (isRange ? 3 : 1), intervalCall(value, unit, to, this.#key(at + 1) === '-'));
  }

  #literal(at: number, key: string, text: string): void {
    if (key === 'VARCHAR' || key === 'CHAR') this.#drop(at, at);
    else this.#drop(at, at + 1, literalCall(key, text));
  }

  /** `lag(x) IGNORE NULLS OVER` as `lag(x IGNORE NULLS) OVER`. */
  #nulls(at: number, key: string): void {
    if (this.#key(at - 1) !== ')') return;
    this.#drop(at, at + 1);
    if (key === 'IGNORE') this.#put(at - 1, 'IGNORE NULLS');
  }

  /** `listagg(x, s) WITHIN GROUP (ORDER BY y)` as `listagg(x, s ORDER BY y)`. */
  #within(at: number): void {
    const end = this.#brackets.closingOf(at + 2);
    const order = this.#tokens
      .slice(at + 3, end)
      .map(({ text }, index) => this.#instead.get(at + 3 + index) ?? text)
      .join(' ');
    this.#put(at - 1, order);
    this.#drop(at, end);
  }

  /** `VALUES 1, 2` as `VALUES (1), (2)`. */
  #values(at: number): void {
    let start = at + 1;
    for (let look = start; ; look += 1) {
      const { text = '', key = '' } = this.#tokens[look] ?? {};
      if (text === '(' || text === '[') {
        look = this.#brackets.closingOf(look);
        continue;
      }
      if (text !== ',' && text !== ')' && look < this.#tokens.length && !endsValues.has(key)) continue;
      this.#valuesRow(start, look);
      if (text !== ',') return;
      start = look + 1;
    }
  }

  /** One row of VALUES, in brackets of its own. */
  #valuesRow(start: number, end: number): void {
    const isBracketed = (open: number): boolean =>
      this.#key(open) === '(' && this.#brackets.closingOf(open) === end - 1;
    if (this.#key(start) === 'ROW' && isBracketed(start + 1)) this.#instead.set(start, '');
    else if (!isBracketed(start) && start < end) {
      this.#put(start, '(');
      this.#put(end, ')');
    }
  }

  /** `IF(a, b)` with its third value, which is NULL. */
  #if(at: number): void {
    if (this.#brackets.commasIn(at + 1) === 1) this.#put(this.#brackets.closingOf(at + 1), ', NULL');
  }

  #jsonCall(at: number, key: string): void {
    const end = this.#brackets.closingOf(at + 1);
    const built = constructorTokens(this.#tokens, this.#brackets, at, end);
    for (const [place, text] of built ?? []) this.#instead.set(place, text);
    if (built !== undefined) return;
    const simple = this.#brackets.commasIn(at + 1) === 1 && this.#tokens[end - 1]?.kind === 'text';
    if (key === 'JSON_OBJECT' || key === 'JSON_ARRAY' || !simple) {
      throw notSupported(
        `${key.toLowerCase()} with its clauses; served is a value and a path, else use json_extract or json_extract_scalar`,
      );
    }
  }
}
