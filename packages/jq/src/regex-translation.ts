import { unsupported } from './error.js';
import { alternatives, characterPart, emptyPart, type Part, repetition, sequence } from './regex-work.js';

/** A regular expression of Oniguruma's rewritten for JavaScript's engine and for RE2's. */
export interface Translation {
  /** For `RegExp`; `undefined` where that cannot say it. */
  readonly source: string | undefined;
  /** For RE2, which takes a time that is linear in the text. */
  readonly linear: string;
  /** The whole expression sees no difference between small and capital letters. */
  readonly ignoreCase: boolean;
  /** Names of the capturing groups in order, `null` for a nameless one. */
  readonly groups: readonly (string | null)[];
  /** Why what the groups captured could differ between the engines, if it could. */
  readonly doubtfulCaptures: string | undefined;
  /** How much work it is to match. */
  readonly part: Part;
  /** It matches at the start of a text or nowhere. */
  readonly isAnchored: boolean;
  /** RE2's word borders are those of ASCII. */
  readonly hasWordBorder: boolean;
  /** RE2 cannot say "before a line feed that ends the text". */
  readonly hasEnd: boolean;
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
  /(\((?:\?(?::|[is]+:|<[A-Za-z_][A-Za-z0-9_]*>))?)|(\))|((?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??)|(\[)|(\\[^])|([^])/uy;

/** Most instructions that an expression may be; source: this repository, so that compiling one takes milliseconds. */
const MOST_INSTRUCTIONS = 1_000;

/** Letters of a class like `\w` are spread over hundreds of ranges. */
const CLASS_SIZE = 3;

/** A group that is open, or the whole. */
interface Open {
  readonly from: number;
  readonly start: number;
  /** A dot matches line feeds, too. */
  readonly dotAll: boolean;
  /** The alternatives that have ended, if there are any. */
  before: Part | undefined;
  /** The alternative under way, up to its last part. */
  sequence: Part;
  last: Part;
}

/** Rewrites `pattern` so that either engine matches as jq 1.6's; refuses what it cannot prove. */
export function translate(pattern: string): Translation {
  const [prefix = '', flags = ''] = /^\(\?([is]+)\)/.exec(pattern) ?? [];
  const writer = new Writer(pattern, flags);
  for (let at = prefix.length; at < pattern.length;) at = writer.take(at);
  return writer.finish(prefix.length);
}

class Writer {
  readonly #pattern: string;
  readonly #flags: string;
  readonly #groups: (string | null)[] = [];
  readonly #open: Open[] = [];
  #doubtful: string | undefined;
  #source = '';
  #linear = '';
  #needsLinear = false;
  #hasWordBorder = false;
  #hasEnd = false;
  #closed: { readonly body: string; readonly captures: boolean } | undefined;

  constructor(pattern: string, flags: string) {
    this.#pattern = pattern;
    this.#flags = flags;
    this.#begin(0, flags.includes('s'));
  }

  /** Takes one element of the pattern; returns where the next begins. */
  take(from: number): number {
    const pattern = this.#pattern;
    element.lastIndex = from;
    const [text = '', group, close, quantifier, bracket, escape] = element.exec(pattern) ?? [];
    const before = this.#closed;
    this.#closed = undefined;
    const at = from + text.length;
    if (group !== undefined) this.#openGroup(group, at);
    else if (close !== undefined) this.#closeGroup(at);
    else if (quantifier !== undefined) this.#quantify(quantifier, at, before);
    else if (bracket !== undefined) {
      const end = at + classLength(pattern, at);
      this.#write(translateClass(pattern, pattern.slice(at, end)), characterPart(CLASS_SIZE));
      return end + 1;
    } else if (escape !== undefined) this.#escape(escape.slice(1));
    else this.#character(text);
    return at;
  }

  finish(start: number): Translation {
    const [whole] = this.#open;
    if (whole === undefined || this.#open.length > 1) throw refuse(this.#pattern, 'a "(" without its ")"');
    const part = partOf(whole);
    if (part.size > MOST_INSTRUCTIONS) {
      throw refuse(this.#pattern, `more than ${MOST_INSTRUCTIONS} repetitions, written out,`);
    }
    return {
      source: this.#needsLinear ? undefined : this.#source,
      linear: this.#linear,
      ignoreCase: this.#flags.includes('i'),
      groups: this.#groups,
      doubtfulCaptures: this.#doubtful,
      part,
      isAnchored: this.#pattern.startsWith('^', start) && whole.before === undefined,
      hasWordBorder: this.#hasWordBorder,
      hasEnd: this.#hasEnd,
    };
  }

  get #group(): Open {
    const group = this.#open.at(-1);
    if (group === undefined) throw refuse(this.#pattern, 'a ")" too many');
    return group;
  }

  #begin(start: number, dotAll: boolean): void {
    const from = this.#groups.length;
    this.#open.push({ from, start, dotAll, before: undefined, sequence: emptyPart, last: emptyPart });
  }

  #openGroup(group: string, at: number): void {
    if (group === '(' && this.#pattern.charAt(at) === '?') {
      throw refuse(
        this.#pattern,
        `"(${/^\?(?:<?[=!]|[^:)]*[:)]?|.)/.exec(this.#pattern.slice(at))?.[0] ?? '?'}"`,
      );
    }
    const [, flags] = /^\(\?([is]+):$/.exec(group) ?? [];
    const name = /^\(\?<(.*)>$/.exec(group)?.[1];
    const { dotAll } = this.#group;
    this.#begin(at, dotAll || flags?.includes('s') === true);
    if (group === '(' || name !== undefined) this.#groups.push(name ?? null);
    // What is ignored within a group only, RegExp cannot say on all engines.
    if (flags?.includes('i') === true) this.#needsLinear = true;
    this.#source += flags === undefined ? group : '(?:';
    // Two groups may have one name here; by number they are told apart.
    this.#linear +=
      name !== undefined ? '(' : flags?.includes('i') === true ? '(?i:' : group.replace(/\?s:/, '?:');
  }

  #closeGroup(at: number): void {
    const group = this.#group;
    if (this.#open.length === 1) throw refuse(this.#pattern, 'a ")" too many');
    this.#open.pop();
    this.#closed = {
      body: this.#pattern.slice(group.start, at - 1),
      captures: this.#groups.length > group.from,
    };
    this.#write(')', partOf(group));
  }

  #quantify(quantifier: string, at: number, before: { body: string; captures: boolean } | undefined): void {
    if (/[+*?]/.test(this.#pattern.charAt(at))) {
      throw refuse(this.#pattern, `"${quantifier}${this.#pattern.charAt(at)}"`);
    }
    const group = this.#group;
    const [least, most] = timesOf(quantifier);
    const { body = '', captures = false } = before ?? {};
    // The engines forget or keep what an earlier round captured, and treat empty rounds, differently.
    if (captures && (body === '' || /[*?{|(]/.test(body))) {
      this.#doubtful = `a group that captures inside a repetition (${body})${quantifier}`;
    } else if (before !== undefined && group.last.matchesEmpty && most > 1) {
      this.#doubtful = `a repetition of what may be empty (${body})${quantifier}`;
    }
    this.#source += quantifier;
    this.#linear += quantifier;
    group.last = repetition(group.last, least, most);
  }

  #escape(letter: string): void {
    const known = translateEscape(this.#pattern, letter, outside);
    if (letter !== 'b' && letter !== 'B') {
      this.#write(known, characterPart(/[dDwWsS]/.test(letter) ? CLASS_SIZE : 1));
      return;
    }
    this.#hasWordBorder = true;
    this.#write(known, emptyPart, `\\${letter}`);
  }

  #character(char: string): void {
    if (char === '|') {
      const group = this.#group;
      group.before = partOf(group);
      group.sequence = emptyPart;
      group.last = emptyPart;
      this.#source += '|';
      this.#linear += '|';
    } else if (char === '.') this.#write(this.#group.dotAll ? '(?:[^\\n]|\\n)' : '[^\\n]', characterPart(1));
    else if (char === '^') this.#write('^', emptyPart);
    else if (char === '$') {
      this.#hasEnd = true;
      this.#write('(?=\\n?$)', emptyPart, '\\z');
    } else if (char === '{') throw refuse(this.#pattern, '"{" that begins no repetition; write \\{');
    else this.#write(/[}\]/]/.test(char) ? `\\${char}` : char, characterPart(1));
  }

  #write(text: string, part: Part, linear = text): void {
    this.#source += text;
    this.#linear += linear;
    const group = this.#group;
    group.sequence = sequence(group.sequence, group.last);
    group.last = part;
  }
}

function partOf(group: Open): Part {
  const last = sequence(group.sequence, group.last);
  return group.before === undefined ? last : alternatives(group.before, last);
}

function timesOf(quantifier: string): readonly [least: number, most: number] {
  const [, from = '', comma, to = ''] = /^\{([0-9]+)(,?)([0-9]*)\}/.exec(quantifier) ?? [];
  if (from !== '') return [Number(from), comma === '' ? Number(from) : to === '' ? Infinity : Number(to)];
  if (quantifier.startsWith('?')) return [0, 1];
  return [quantifier.startsWith('+') ? 1 : 0, Infinity];
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
