import { malformed } from '../athena-error.js';
import { isClosed, type Grammar, type SqlToken, sqlTokens } from '../sql-tokens.js';

/** A piece of a statement: comments and white space are left out. */
export interface Token {
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'symbol' | 'end';
  /** A word in lower case; a name or text without its quotes. */
  readonly value: string;
  /** As it is in the statement. */
  readonly written: string;
  /** Position of its first character. */
  readonly at: number;
}

/** Splits a statement into tokens, the last of which is its end. */
export function tokensOf(sql: string, grammar: Grammar): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (const piece of sqlTokens(sql, grammar)) {
    if (!isClosed(piece, grammar)) throw malformed(sql, at, notClosed(piece));
    const token =
      piece.kind === 'comment' || piece.kind === 'space' ? undefined : tokenOf(piece, at, grammar);
    if (token !== undefined) tokens.push(token);
    at += piece.text.length;
  }
  tokens.push({ kind: 'end', value: '', written: '<EOF>', at: sql.length });
  return tokens;
}

function notClosed({ kind, text }: SqlToken): string {
  return kind === 'comment'
    ? 'the comment is not closed'
    : `the quote ${text.replace(/^[xX]/, '').charAt(0)} is not closed`;
}

function tokenOf({ kind, text, key }: SqlToken, at: number, grammar: Grammar): Token {
  switch (kind) {
    case 'word':
      return { kind, value: key.toLowerCase(), written: text, at };
    case 'text':
    case 'name':
      return { kind, value: unquoted(text, grammar), written: text, at };
    case 'number':
      return { kind, value: text, written: text, at };
    default:
      return { kind: 'symbol', value: text, written: text, at };
  }
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
  for (const { kind, text } of sqlTokens(sql)) {
    if (kind === 'comment' || kind === 'space') continue;
    if (kind !== 'word' || words.length === count) break;
    words.push(text.toLowerCase());
  }
  return words;
}
