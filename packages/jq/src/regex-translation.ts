import { unsupported } from './error.js';

/** A regular expression of Oniguruma's rewritten for JavaScript. */
export interface Translation {
  readonly source: string;
  /** Names of the capturing groups in order, `null` for a nameless one. */
  readonly groups: readonly (string | null)[];
  /** Why what the groups captured could differ between the two engines, if it could. */
  readonly doubtfulCaptures: string | undefined;
}

const word = '[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}]';
const outside: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: word,
  W: word.replace('[', '[^'),
  s: '\\p{White_Space}',
  S: '\\P{White_Space}',
  b: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  B: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
  n: '\\n',
  t: '\\t',
  r: '\\r',
  f: '\\f',
};
const inside: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  s: '\\p{White_Space}',
  w: word.slice(1, -1),
  n: '\\n',
  t: '\\t',
  r: '\\r',
  f: '\\f',
};

const element =
  /(\((?:\?(?::|=|!|<[A-Za-z_][A-Za-z0-9_]*>))?)|(\))|((?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)|(\[)|(\\[^])|([^])/uy;

/** Rewrites `pattern` so that JavaScript's engine (flags `u`) matches as jq 1.6's; refuses what it cannot prove. */
export function translate(pattern: string): Translation {
  const groups: (string | null)[] = [];
  const open: { readonly from: number; readonly start: number }[] = [];
  let doubtful: string | undefined;
  let source = '';
  let closed: { readonly body: string; readonly captures: boolean } | undefined;
  for (let at = 0; at < pattern.length;) {
    element.lastIndex = at;
    const [text = '', group, close, quantifier, bracket, escape] = element.exec(pattern) ?? [];
    const before = closed;
    closed = undefined;
    at += text.length;
    if (group !== undefined) {
      if (group === '(' && pattern.charAt(at) === '?') throw refuse(pattern, '(?');
      open.push({ from: groups.length, start: at });
      const name = /^\(\?<(.*)>$/.exec(group)?.[1];
      if (group === '(' || name !== undefined) groups.push(name ?? null);
      source += group;
    } else if (close !== undefined) {
      const start = open.pop();
      if (start === undefined) throw refuse(pattern, 'a ")" too many');
      closed = { body: pattern.slice(start.start, at - 1), captures: groups.length > start.from };
      source += ')';
    } else if (quantifier !== undefined) {
      if (/[+*?]/.test(pattern.charAt(at))) throw refuse(pattern, `"${text}${pattern.charAt(at)}"`);
      if (/^[*+]|^\{[0-9]+,\}/.test(quantifier) && isRisky(before?.body)) {
        throw refuse(
          pattern,
          `a repetition of a repetition or of alternatives, (${before?.body})${quantifier},`,
        );
      }
      // The engines forget or keep what an earlier round captured, and treat empty rounds, differently.
      if (before?.captures === true && (before.body === '' || /[*?{|(]/.test(before.body))) {
        doubtful = `a group that captures inside a repetition (${before.body})${quantifier}`;
      }
      source += quantifier;
    } else if (bracket !== undefined) {
      const end = at + classLength(pattern, at);
      source += translateClass(pattern, pattern.slice(at, end));
      at = end + 1;
    } else if (escape !== undefined) {
      source += translateEscape(pattern, escape.slice(1), outside);
    } else {
      source += translateChar(pattern, text);
    }
  }
  if (open.length > 0) throw refuse(pattern, 'a "(" without its ")"');
  return { source, groups, doubtfulCaptures: doubtful };
}

function translateChar(pattern: string, char: string): string {
  if (char === '.') return '[^\\n]';
  if (char === '^') return '^';
  if (char === '$') return '(?=\\n?$)';
  if (char === '{') throw refuse(pattern, '"{" that begins no repetition; write \\{');
  if (char === '}' || char === ']') return `\\${char}`;
  return char === '/' ? '\\/' : char;
}

function translateEscape(pattern: string, letter: string, known: Readonly<Record<string, string>>): string {
  const translated = known[letter];
  if (translated !== undefined) return translated;
  if (/[A-Za-z0-9]/.test(letter)) throw refuse(pattern, `"\\${letter}"`);
  return /[\^$\\.*+?()[\]{}|/-]/.test(letter) ? escapeSyntax(letter, known) : letter;
}

// JavaScript's `u` mode knows "\-" only inside a class.
function escapeSyntax(letter: string, known: Readonly<Record<string, string>>): string {
  return letter === '-' && known === outside ? '-' : `\\${letter}`;
}

function classLength(pattern: string, from: number): number {
  const close = /^\^?(?:\\[^]|[^\]\\])*/u.exec(pattern.slice(from));
  const length = close?.[0].length ?? 0;
  if (pattern.charAt(from + length) !== ']' || length === 0) {
    throw refuse(pattern, 'a "[" without its "]"');
  }
  return length;
}

function translateClass(pattern: string, body: string): string {
  const negated = body.startsWith('^');
  const rest = negated ? body.slice(1) : body;
  if (rest === '' || /\[|&&/.test(rest.replaceAll(/\\[^]/g, ''))) {
    throw refuse(pattern, `the class [${body}]`);
  }
  const inner = rest.replaceAll(/\\([^])|[/(){}|]/gu, (char, letter: string | undefined) =>
    letter === undefined ? `\\${char}` : translateEscape(pattern, letter, inside),
  );
  return `[${negated ? '^' : ''}${inner}]`;
}

function refuse(pattern: string, what: string): Error {
  return unsupported(`${what} in the regular expression ${JSON.stringify(pattern)}`);
}

/**
 * Whether one text could match a group's rounds in many ways, which takes a search as long as two to the power of
 * the text's length: a repetition inside, or alternatives that may begin alike.
 */
function isRisky(body: string | undefined): boolean {
  if (body === undefined) return false;
  const bare = body.replaceAll(/\\[^]/g, '_').replaceAll(/\[[^\]]*\]/g, '.');
  if (/[*+]|\{[0-9]+,[0-9]*\}/.test(bare)) return true;
  if (!bare.includes('|')) return false;
  const firsts = bare.split('|').map((part) => part.charAt(0));
  return firsts.some((first) => !/[A-Za-z0-9-]/.test(first)) || new Set(firsts).size < firsts.length;
}
