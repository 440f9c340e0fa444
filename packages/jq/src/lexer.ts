import { syntaxError } from './error.js';
import { wellFormed } from './json.js';
import { jqLimits, tooDeep } from './work-limit.js';

/** A token; a string token holds its parts, each interpolation still as the tokens between its parentheses. */
export type Token =
  | {
      readonly kind: 'field' | 'name' | 'variable' | 'format' | 'symbol';
      readonly text: string;
      readonly at: number;
    }
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly at: number }
  | {
      readonly kind: 'string';
      readonly parts: readonly (string | readonly Token[])[];
      readonly text: string;
      readonly at: number;
    }
  | { readonly kind: 'end'; readonly text: string; readonly at: number };

const blank = /(?:[ \t\r\n]+|#[^\n]*)+/y;
const field = /\.[a-zA-Z_][a-zA-Z_0-9]*/y;
const variable = /\$(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y;
const name = /(?:[a-zA-Z_][a-zA-Z_0-9]*::)*[a-zA-Z_][a-zA-Z_0-9]*/y;
const format = /@[a-zA-Z0-9_]+/y;
const number = /(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/y;
const symbol = /\?\/\/=?|!=|==|\/\/=|\/\/|\|=|\+=|-=|\*=|\/=|%=|<=|>=|\.\.|[.?=;,:|+\-*/%$<>()[\]{}]/y;

const patterns = [
  ['number', number],
  ['field', field],
  ['variable', variable],
  ['format', format],
  ['name', name],
  ['symbol', symbol],
] as const;

/** Splits a program into tokens. */
export function tokenize(program: string): readonly Token[] {
  const { tokens, at } = scan(program, 0, 0);
  return [...tokens, { kind: 'end', text: 'the end', at }];
}

function match(pattern: RegExp, program: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(program)?.[0];
}

function scan(program: string, from: number, nested: number): { tokens: Token[]; at: number } {
  if (nested > jqLimits.depth) throw tooDeep('a string');
  const tokens: Token[] = [];
  let depth = 0;
  let at = from;
  for (;;) {
    at += match(blank, program, at)?.length ?? 0;
    if (at >= program.length) {
      if (nested > 0) throw syntaxError('unfinished "\\(" in a string', program, from);
      return { tokens, at };
    }
    const char = program.charAt(at);
    if (nested > 0 && char === ')' && depth === 0) return { tokens, at };
    if (char === '(') depth += 1;
    if (char === ')') depth -= 1;
    const token = char === '"' ? scanString(program, at, nested) : scanPlain(program, at);
    tokens.push(token.token);
    at = token.end;
  }
}

function scanPlain(program: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of patterns) {
    const text = match(pattern, program, at);
    if (text === undefined) continue;
    const token: Token = kind === 'number' ? { kind, text, value: Number(text), at } : { kind, text, at };
    return { token, end: at + text.length };
  }
  throw syntaxError(`unexpected ${JSON.stringify(program.charAt(at))}`, program, at);
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function scanString(program: string, start: number, nested: number): { token: Token; end: number } {
  const parts: (string | readonly Token[])[] = [];
  let text = '';
  let at = start + 1;
  for (;;) {
    const char = program.charAt(at);
    if (char === '') throw syntaxError('unfinished string', program, start);
    if (char === '"') break;
    if (char !== '\\') {
      text += char;
      at += 1;
      continue;
    }
    const next = program.charAt(at + 1);
    if (next === '(') {
      const inner = scan(program, at + 2, nested + 1);
      parts.push(text, [...inner.tokens, { kind: 'end', text: ')', at: inner.at }]);
      text = '';
      at = inner.at + 1;
    } else if (next === 'u' && /^[0-9a-fA-F]{4}$/.test(program.slice(at + 2, at + 6))) {
      text += String.fromCharCode(Number.parseInt(program.slice(at + 2, at + 6), 16));
      at += 6;
    } else {
      const plain = escapes[next];
      if (plain === undefined) throw syntaxError(`invalid escape "\\${next}"`, program, at);
      text += plain;
      at += 2;
    }
  }
  parts.push(text);
  if (parts.some((part) => typeof part === 'string' && wellFormed(part) !== part)) {
    throw syntaxError('half of a surrogate pair in a string', program, start);
  }
  const end = at + 1;
  return { token: { kind: 'string', parts, text: program.slice(start, end), at: start }, end };
}
