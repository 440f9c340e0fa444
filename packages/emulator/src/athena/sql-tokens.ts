import { syntaxFailure } from './athena-error.js';

/** Which of Athena's two grammars quotes: Hive's escapes by backslash, and its double quotes hold text too. */
export type Grammar = 'hive' | 'trino';

/** A piece of a statement. */
export interface SqlToken {
  readonly kind: 'word' | 'name' | 'text' | 'bytes' | 'number' | 'comment' | 'space' | 'symbol';
  /** As it is written. */
  readonly text: string;
  /** Words in upper case, so that they compare; everything else as it is written. */
  readonly key: string;
}

const inside = {
  trino: { text: `(?:[^']|'')*`, name: `(?:[^"]|"")*` },
  hive: { text: String.raw`(?:[^'\\]|\\[^]|'')*`, name: String.raw`(?:[^"\\]|\\[^]|"")*` },
} as const;
const quick = '(?:[^`]|``)*';

// What is not closed continues to the end: looked for again at each of its characters, it would take forever.
const patternOf = (grammar: Grammar, wordStart: string): RegExp =>
  new RegExp(
    [
      `(?<text>'${inside[grammar].text}(?:'|$))`,
      `(?<bytes>[xX]'[^']*(?:'|$))`,
      `(?<name>"${inside[grammar].name}(?:"|$)|\`${quick}(?:\`|$))`,
      String.raw`(?<comment>--[^\n]*|\/\*[^]*?(?:\*\/|$))`,
      String.raw`(?<space>\s+)`,
      String.raw`(?<number>(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)`,
      String.raw`(?<word>${wordStart}[\p{L}\p{N}_$]*)`,
      '(?<symbol>->|<>|<=|>=|!=|\\|\\||::|==|=>|[^])',
    ].join('|'),
    'gu',
  );
const patterns: Readonly<Record<Grammar, RegExp>> = {
  trino: patternOf('trino', String.raw`[\p{L}_]`),
  hive: patternOf('hive', String.raw`[\p{L}_$]`),
};

const closed: Readonly<Record<Grammar, RegExp>> = {
  trino: new RegExp(
    `^(?:[xX]?'${inside.trino.text}'|"${inside.trino.name}"|\`${quick}\`|\\/\\*[^]*\\*\\/|--[^]*)$`,
  ),
  hive: new RegExp(
    `^(?:[xX]?'${inside.hive.text}'|"${inside.hive.name}"|\`${quick}\`|\\/\\*[^]*\\*\\/|--[^]*)$`,
  ),
};

const kinds = ['text', 'bytes', 'name', 'comment', 'space', 'number', 'word', 'symbol'] as const;
const quotedKinds: ReadonlySet<string> = new Set(['text', 'bytes', 'name', 'comment']);

/** Splits SQL into words, quoted names, texts, numbers, comments, spaces and symbols; nothing is left out. */
export function* sqlTokens(sql: string, grammar: Grammar = 'trino'): Generator<SqlToken> {
  for (const { groups = {}, 0: text } of sql.matchAll(patterns[grammar])) {
    const kind = kinds.find((name) => groups[name] !== undefined) ?? 'symbol';
    yield { kind, text, key: kind === 'word' ? text.toUpperCase() : text };
  }
}

/** Whether a text, a name or a comment has its end; everything else has. */
export function isClosed({ kind, text }: SqlToken, grammar: Grammar = 'trino'): boolean {
  if (quotedKinds.has(kind)) return closed[grammar].test(text);
  return kind !== 'symbol' || !["'", '"', '`'].includes(text);
}

/** The tokens that mean something, each text and name of which is closed. */
export function meaningfulTokens(sql: string): readonly SqlToken[] {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'comment' && kind !== 'space');
  if (tokens.some((token) => (token.kind === 'text' || token.kind === 'bytes') && !isClosed(token)))
    throw syntaxFailure('a text in quotes is not closed');
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

/** Number of commas between two brackets that are in no brackets within. */
export function commasIn(tokens: readonly SqlToken[], open: number, end: number): number {
  let depth = 0;
  let commas = 0;
  for (const { text } of tokens.slice(open, end)) {
    if (text === '(' || text === '[') depth += 1;
    else if (text === ')' || text === ']') depth -= 1;
    else if (text === ',' && depth === 1) commas += 1;
  }
  return commas;
}
