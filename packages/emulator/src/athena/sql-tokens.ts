import { syntaxFailure } from './athena-error.js';

/** A piece of a statement. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'bytes' | 'number' | 'comment' | 'space' | 'symbol';
  /** As it is written. */
  readonly text: string;
  /** Words in upper case, so that they compare; everything else as it is written. */
  readonly key: string;
}

// What is not closed goes on to the end: looked for again at each of its characters, it would take for ever.
const token =
  /(?<text>'(?:[^']|'')*(?:'|$))|(?<bytes>[xX]'[^']*(?:'|$))|(?<name>"(?:[^"]|"")*(?:"|$))|(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$))|(?<space>\s+)|(?<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<symbol>->|<>|<=|>=|!=|\|\||::|==|=>|[^])/gu;

/** Splits SQL into words, quoted names, texts, numbers, comments, spaces and symbols; nothing is left out. */
export function sqlTokens(sql: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (const { groups = {}, 0: text } of sql.matchAll(token)) {
    const kind = kinds.find((name) => groups[name] !== undefined) ?? 'symbol';
    tokens.push({ kind, text, key: kind === 'word' ? text.toUpperCase() : text });
  }
  return tokens;
}

const kinds = ['text', 'bytes', 'name', 'comment', 'space', 'number', 'word', 'symbol'] as const;

/** The tokens that mean something, each text and name of which is closed. */
export function meaningfulTokens(sql: string): readonly SqlToken[] {
  const tokens = sqlTokens(sql).filter(({ kind }) => kind !== 'comment' && kind !== 'space');
  const open = tokens.find(
    ({ kind, text }) => (kind === 'text' || kind === 'bytes') && !/^[xX]?'[^]*'$/.test(text),
  );
  if (open !== undefined) throw syntaxFailure('a text in quotes is not closed');
  return tokens;
}

/** Index of the bracket that closes the one at `start`; the number of tokens where none does. */
export function closingOf(tokens: readonly SqlToken[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const text = tokens[at]?.text;
    if (text === '(' || text === '[') depth += 1;
    if (text === ')' || text === ']') depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}
