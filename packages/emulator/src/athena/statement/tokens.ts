import { malformed } from '../athena-error.js';

/** A piece of a statement: comments and white space are left out. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'symbol' | 'end';
  /** A word in lower case; a name or text without its quotes. */
  readonly value: string;
  /** As it stands in the statement. */
  readonly written: string;
  /** Position of its first character. */
  readonly at: number;
}

/** Which of Athena's two grammars quotes: Hive's escapes by backslash, and its double quotes hold text too. */
export type Grammar = 'hive' | 'trino';

const space = /(?:\s+|--[^\n]*|\/\*[^]*?\*\/)+/y;
const word = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
const number = /\d+(?:\.\d*)?(?:[eE][+-]?\d+)?/y;
const quoted = {
  trino: /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`/y,
  hive: /'(?:[^'\\]|\\[^]|'')*'|"(?:[^"\\]|\\[^]|"")*"|`(?:[^`]|``)*`/y,
} as const;

/** Splits a statement into tokens, the last of which is its end. */
export function tokensOf(sql: string, grammar: Grammar): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const match = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(sql)?.[0];
  };
  for (;;) {
    at += match(space)?.length ?? 0;
    if (at >= sql.length) break;
    const token = tokenAt(sql, at, grammar, match);
    tokens.push(token);
    at += token.written.length;
  }
  tokens.push({ kind: 'end', value: '', written: '<EOF>', at: sql.length });
  return tokens;
}

function tokenAt(
  sql: string,
  at: number,
  grammar: Grammar,
  match: (pattern: RegExp) => string | undefined,
): Token {
  const first = sql.charAt(at);
  if (first === "'" || first === '"' || first === '`') {
    const written = match(quoted[grammar]);
    if (written === undefined) throw malformed(sql, at, `the quote ${first} is not closed`);
    const value = unquoted(written, grammar);
    return { kind: first === "'" ? 'text' : 'name', value, written, at };
  }
  if (sql.startsWith('/*', at)) throw malformed(sql, at, 'the comment is not closed');
  const plain = match(word);
  if (plain !== undefined) return { kind: 'word', value: plain.toLowerCase(), written: plain, at };
  const digits = match(number);
  if (digits !== undefined) return { kind: 'number', value: digits, written: digits, at };
  const written = String.fromCodePoint(sql.codePointAt(at) ?? 0);
  return { kind: 'symbol', value: written, written, at };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', 0: '\0', Z: '\x1a' };

function unquoted(written: string, grammar: Grammar): string {
  const quote = written.charAt(0);
  const inside = written.slice(1, -1).replaceAll(quote + quote, quote);
  if (grammar === 'trino' || quote === '`') return inside;
  return inside.replaceAll(
    /\\(?:u([0-9a-fA-F]{4})|([0-3][0-7]{2})|([^]))/g,
    (_, hex?: string, octal?: string, one = '') => {
      if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      // LIKE patterns keep their escape, as in Hive.
      if (one === '%' || one === '_') return `\\${String(one)}`;
      return escapes[String(one)] ?? String(one);
    },
  );
}

/** First words of a statement in lower case, comments skipped; what follows need not even be closed. */
export function firstWords(sql: string, count: number): readonly string[] {
  const words: string[] = [];
  let at = 0;
  while (words.length < count) {
    space.lastIndex = at;
    at += space.exec(sql)?.[0].length ?? 0;
    word.lastIndex = at;
    const found = word.exec(sql)?.[0];
    if (found === undefined) break;
    words.push(found.toLowerCase());
    at += found.length;
  }
  return words;
}
