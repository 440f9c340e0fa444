import { notSupported, QueryFailure } from './athena-error.js';
import type { RegexpGroup } from './regexp-groups.js';

/** What stands for characters alone: what is escaped, and classes. */
const literals = /\\[pP]\{\w+\}|\\[^]|\[\^?\]?(?:\\[^]|[^\]\\])*\]/g;

/** Checks a regular expression, which Java's and RE2 read alike, and refuses by name what RE2 does not have. */
export function checkedPattern(pattern: string): string {
  const refuse = (what: string, instead: string): never => {
    throw notSupported(`a regular expression with ${what}; ${instead}`);
  };
  const bare = pattern.replaceAll(literals, '_');
  if (/\(\?<?[=!]/.test(bare)) refuse('look-around', 'match more and take a group with regexp_extract');
  if (/\\[1-9]|\\k</.test(pattern)) refuse('a reference back to a group', 'compare two extracts');
  if (/\(\?>|[*+?}]\+/.test(bare)) refuse('possessive repetition', 'use an ordinary one');
  if (
    /\\[ZGXRhHvVuNc]|\\x\{|\\p\{(?:java|Is|In|Alpha|Digit|Alnum|Upper|Lower|Punct|Space|XDigit|ASCII)|&&/.test(
      pattern,
    )
  ) {
    refuse('a class or boundary of Java alone', 'write the characters out');
  }
  return pattern.replaceAll(new RegExp(`${literals.source}|\\(\\?<`, 'g'), (part) =>
    part === '(?<' ? '(?P<' : part,
  );
}

/** A replacement of Java's as RE2 writes it: `$1` is `\1`, and so is `${name}` of the first group. */
export function rewrittenReplacement(text: string, groups: readonly RegexpGroup[]): string {
  const invalid = (): QueryFailure =>
    new QueryFailure(`INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: ${text}`);
  const numbered = (number: number): string => {
    if (number > groups.length)
      throw new QueryFailure(
        `INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: unknown group { ${number} }`,
      );
    if (number > 9) throw notSupported('a replacement with the tenth group or a later one');
    return `\\${number}`;
  };
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '\\') {
      const next = text.charAt(at + 1);
      if (next === '') throw invalid();
      out += next === '\\' ? '\\\\' : next;
      at += 1;
    } else if (char === '$') {
      const name = /^\{([A-Za-z]\w*)\}/.exec(text.slice(at + 1));
      if (name !== null) {
        const number = groups.findIndex((group) => group.name === name[1]) + 1;
        if (number === 0) throw invalid();
        out += numbered(number);
        at += name[0].length;
        continue;
      }
      // As many digits as there are groups for, as in Java.
      const digits = /^[0-9]+/.exec(text.slice(at + 1))?.[0] ?? '';
      if (digits === '') throw invalid();
      let taken = 1;
      while (taken < digits.length && Number(digits.slice(0, taken + 1)) <= groups.length) taken += 1;
      out += numbered(Number(digits.slice(0, taken)));
      at += taken;
    } else out += char;
  }
  return out;
}

/** A path of JSON as DuckDB reads it. */
export interface JsonPath {
  readonly path: string;
  /** Parts of it in which a name is looked for, and in which an item is. */
  readonly named: readonly string[];
  readonly indexed: readonly string[];
}

/** A path of JSON that both engines read: names and numbers; `lax` and `strict` before it make no difference then. */
export function jsonPath(path: string, standard: boolean): JsonPath {
  let rest = path.trim();
  if (standard) {
    const mode = /^(?:lax|strict)\s+/.exec(rest);
    if (mode === null) throw new QueryFailure(`INVALID_PATH: Path must start with lax or strict: '${path}'`);
    rest = rest.slice(mode[0].length);
  }
  if (rest.startsWith('$')) rest = rest.slice(1);
  else rest = `.${rest}`;
  let out = '$';
  const named: string[] = [];
  const indexed: string[] = [];
  while (rest !== '') {
    const found =
      /^(?:\.([\p{L}_$:][\p{L}\p{N}_:$-]*|[0-9][\w-]*)|\."((?:[^"\\])*)"|\[([0-9]+)\]|\[([\p{L}_][\p{L}\p{N}_]*)\]|\["((?:[^"\\])*)"\]|\['((?:[^'\\])*)'\])/u.exec(
        rest,
      );
    const [whole = '', bare, quotedName, index, inBrackets, bracketed, single] = found ?? [];
    if (found === null || (!standard && /^[0-9]+$/.test(bare ?? ''))) {
      throw notSupported(
        `the JSON path '${path}'; served are names and numbers, as in $.a[0]["b c"]; for every item, CAST to array(json) and UNNEST`,
      );
    }
    (index === undefined ? named : indexed).push(out);
    out +=
      index === undefined
        ? `."${bare ?? quotedName ?? inBrackets ?? bracketed ?? single ?? ''}"`
        : `[${index}]`;
    rest = rest.slice(whole.length);
  }
  return { path: out, named, indexed };
}
