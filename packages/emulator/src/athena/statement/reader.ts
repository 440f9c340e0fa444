import { malformed } from '../athena-error.js';
import type { ServiceError } from '../../wire/service-error.js';
import type { Grammar } from '../sql-tokens.js';
import { tokensOf, type Token } from './tokens.js';

/** A table, view or database as a statement names it. */
export interface Name {
  readonly database: string | undefined;
  readonly name: string;
}

/** Reads a statement token by token; what does not fit is refused with its place and what was expected. */
export class Reader {
  readonly sql: string;
  readonly #grammar: Grammar;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(sql: string, grammar: Grammar) {
    this.sql = sql;
    this.#grammar = grammar;
    this.#tokens = tokensOf(sql, grammar);
  }

  /** The token that comes next. */
  get peek(): Token {
    return this.ahead(0);
  }

  /** A token further on. */
  ahead(count: number): Token {
    const last = this.#tokens.length - 1;
    const token = this.#tokens[Math.min(this.#next + count, last)];
    if (token === undefined) throw malformed(this.sql, 0, 'the statement is empty');
    return token;
  }

  /** Takes the next token. */
  take(): Token {
    const token = this.peek;
    this.#next += 1;
    return token;
  }

  /** Whether the next tokens are these words or symbols. */
  sees(...values: readonly string[]): boolean {
    return values.every((value, index) => {
      const token = this.ahead(index);
      return (token.kind === 'word' || token.kind === 'symbol') && token.value === value;
    });
  }

  /** Takes these words or symbols where they come next. */
  skip(...values: readonly string[]): boolean {
    if (!this.sees(...values)) return false;
    this.#next += values.length;
    return true;
  }

  /** Takes these words or symbols, which must come next. */
  need(...values: readonly string[]): void {
    for (const value of values) if (!this.skip(value)) throw this.unexpected(`'${value.toUpperCase()}'`);
  }

  /** What is wrong with the next token. */
  unexpected(...expected: readonly string[]): ServiceError {
    const { written, at } = this.peek;
    return malformed(
      this.sql,
      at,
      `mismatched input '${written.slice(0, 100)}'. Expecting: ${expected.join(', ')}`,
    );
  }

  /** A name, folded to lower case. */
  identifier(): string {
    const { kind, value } = this.peek;
    if ((kind !== 'word' && kind !== 'name') || value === '') throw this.unexpected('<identifier>');
    this.take();
    return value.toLowerCase();
  }

  /** A name with or without its database, and with the catalog before it. */
  qualifiedName(): Name {
    const start = this.peek;
    const parts = [this.identifier()];
    while (this.skip('.')) parts.push(this.identifier());
    const [name = '', database, catalog] = parts.reverse();
    if (parts.length > 3) throw malformed(this.sql, start.at, `'${name}' has too many parts in its name`);
    if (catalog !== undefined && catalog !== 'awsdatacatalog') {
      throw malformed(this.sql, start.at, `Catalog '${catalog}' does not exist`);
    }
    return { database, name };
  }

  /** Text in quotes; in Hive's grammar double quotes hold text too. */
  text(): string {
    const { kind, value, written } = this.peek;
    const isText =
      kind === 'text' || (this.#grammar === 'hive' && kind === 'name' && written.startsWith('"'));
    if (!isText) throw this.unexpected('<string>');
    this.take();
    return value;
  }

  /** `('a' = 'b', …)`, or with `empty` also nothing between the brackets. */
  properties(): Readonly<Record<string, string>> {
    this.need('(');
    const found = new Map<string, string>();
    while (!this.skip(')')) {
      if (found.size > 0) this.need(',');
      const key = this.text();
      this.need('=');
      found.set(key, this.text());
    }
    return Object.fromEntries(found);
  }

  /** The rest of the statement as it stands, which must not be empty. */
  rest(): string {
    if (this.peek.kind === 'end' || this.sees(';')) throw this.unexpected('<query>');
    const from = this.peek.at;
    for (let token = this.peek; token.kind !== 'end' && !this.sees(';'); token = this.peek) this.take();
    if (this.sees(';') && this.ahead(1).kind !== 'end') throw onlyOne(this);
    return this.sql.slice(from, this.peek.at).trimEnd();
  }

  /** Everything is read, except a semicolon. */
  end(): void {
    this.skip(';');
    if (this.peek.kind !== 'end') throw this.unexpected('<EOF>');
  }
}

function onlyOne(reader: Reader): ServiceError {
  return malformed(reader.sql, reader.ahead(1).at, 'Only one sql statement is allowed');
}
