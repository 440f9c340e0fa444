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

// What is not closed continues to the end: looked for again at each of its characters, it would take forever. The kind
// is told by how a token begins: named groups for it made a long statement's tokens cost three times as much.
const patternOf = (grammar: Grammar, wordStart: string): RegExp =>
  new RegExp(
    [
      `'${inside[grammar].text}(?:'|$)`,
      `[xX]'[^']*(?:'|$)`,
      `"${inside[grammar].name}(?:"|$)|\`${quick}(?:\`|$)`,
      String.raw`--[^\n]*|\/\*[^]*?(?:\*\/|$)`,
      String.raw`\s+`,
      String.raw`(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?`,
      String.raw`${wordStart}[\p{L}\p{N}_$]*`,
      '->|<>|<=|>=|!=|\\|\\||::|==|=>|[^]',
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

const quotedKinds: ReadonlySet<string> = new Set(['text', 'bytes', 'name', 'comment']);
const letter = /^[\p{L}_]/u;

/** Splits SQL into words, quoted names, texts, numbers, comments, spaces and symbols; nothing is left out. */
export function* sqlTokens(sql: string, grammar: Grammar = 'trino'): Generator<SqlToken> {
  for (const { 0: text } of sql.matchAll(patterns[grammar])) {
    const kind = kindOf(text, grammar);
    yield { kind, text, key: kind === 'word' ? text.toUpperCase() : text };
  }
}

function kindOf(text: string, grammar: Grammar): SqlToken['kind'] {
  const first = text.charAt(0);
  const second = text.charAt(1);
  if (first === "'") return 'text';
  if (first === '"' || first === '`') return 'name';
  if ((first === '-' && second === '-') || (first === '/' && second === '*')) return 'comment';
  if ((first >= '0' && first <= '9') || (first === '.' && second !== '')) return 'number';
  if (second === "'") return 'bytes';
  if (first.trim() === '') return 'space';
  return letter.test(text) || (first === '$' && grammar === 'hive') ? 'word' : 'symbol';
}

/** Whether a text, a name or a comment has its end; everything else has. */
export function isClosed({ kind, text }: SqlToken, grammar: Grammar = 'trino'): boolean {
  return !quotedKinds.has(kind) || closed[grammar].test(text);
}

/** The tokens that mean something, each text and name of which is closed. */
export function meaningfulTokens(sql: string): readonly SqlToken[] {
  const tokens = [...sqlTokens(sql)].filter(({ kind }) => kind !== 'comment' && kind !== 'space');
  if (tokens.some((token) => (token.kind === 'text' || token.kind === 'bytes') && !isClosed(token)))
    throw syntaxFailure('a text in quotes is not closed');
  return tokens;
}
