import type { SqlToken } from './sql-tokens.js';

const opening: ReadonlySet<string> = new Set(['(', '[']);
const closing: ReadonlySet<string> = new Set([')', ']']);

/**
 * The brackets of a statement, found in one pass: each of a thousand calls within each other that looked for its own end
 * made a statement's cost grow with the square of its length.
 */
export class Brackets {
  readonly #count: number;
  /** Index of the other bracket of a pair. */
  readonly #partners = new Map<number, number>();
  /** Number of commas, and index of the last AS, that are directly within the brackets that open at an index. */
  readonly #commas = new Map<number, number>();
  readonly #lastAs = new Map<number, number>();

  constructor(tokens: readonly SqlToken[]) {
    this.#count = tokens.length;
    const open: number[] = [];
    for (const [at, { text, key }] of tokens.entries()) {
      const around = open.at(-1);
      if (opening.has(text)) open.push(at);
      else if (around === undefined) continue;
      else if (closing.has(text)) {
        open.pop();
        this.#partners.set(at, around).set(around, at);
      } else if (text === ',') this.#commas.set(around, (this.#commas.get(around) ?? 0) + 1);
      else if (key === 'AS') this.#lastAs.set(around, at);
    }
  }

  /** Index of the bracket that closes the one at `open`; the number of tokens where none does. */
  closingOf(open: number): number {
    return this.#partners.get(open) ?? this.#count;
  }

  /** Index of the bracket that opens the one at `close`; `undefined` where none does. */
  openingOf(close: number): number | undefined {
    return this.#partners.get(close);
  }

  /** Number of commas between the brackets that open at `open`, less those in brackets within. */
  commasIn(open: number): number {
    return this.#commas.get(open) ?? 0;
  }

  /** Index of the last AS between the brackets that open at `open`, but in none within. */
  lastAsIn(open: number): number | undefined {
    return this.#lastAs.get(open);
  }
}
