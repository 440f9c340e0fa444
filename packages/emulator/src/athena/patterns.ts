import { notSupported, QueryFailure } from './athena-error.js';

/** Checks a regular expression, which Java's and RE2 read alike, and refuses by name what RE2 does not have. */
export function checkedPattern(pattern: string): string {
  const refuse = (what: string, instead: string): never => {
    throw notSupported(`a regular expression with ${what}; ${instead}`);
  };
  if (/\(\?<?[=!]/.test(pattern)) refuse('look-around', 'match more and take a group with regexp_extract');
  if (/\\[1-9]|\\k</.test(pattern)) refuse('a reference back to a group', 'compare two extracts');
  if (/\(\?>|[*+?}]\+/.test(pattern)) refuse('possessive repetition', 'use an ordinary one');
  if (
    /\\[ZGXRhHvVuNc]|\\x\{|\\p\{(?:java|Is|In|Alpha|Digit|Alnum|Upper|Lower|Punct|Space|XDigit|ASCII)|&&/.test(
      pattern,
    )
  ) {
    refuse('a class or boundary of Java alone', 'write the characters out');
  }
  return pattern.replaceAll('(?<', '(?P<');
}

/** A replacement of Java's as RE2 writes it: `$1` is `\1`. */
export function rewrittenReplacement(text: string): string {
  let out = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    const next = text.charAt(at + 1);
    if (char === '\\') {
      out += next === '\\' ? '\\\\' : next;
      at += 1;
    } else if (char === '$') {
      if (next === '{') throw notSupported('a replacement with the name of a group; use its number');
      if (!/[0-9]/.test(next))
        throw new QueryFailure('INVALID_FUNCTION_ARGUMENT: Illegal replacement sequence: ' + text);
      out += `\\${next}`;
      at += 1;
    } else out += char;
  }
  return out;
}

/** A path of JSON that both engines read: names and numbers; `lax` and `strict` before it make no difference then. */
export function jsonPath(path: string, standard: boolean): string {
  let rest = path.trim();
  if (standard) {
    const mode = /^(?:lax|strict)\s+/.exec(rest);
    if (mode === null) throw new QueryFailure(`INVALID_PATH: Path must start with lax or strict: '${path}'`);
    rest = rest.slice(mode[0].length);
  }
  if (rest.startsWith('$')) rest = rest.slice(1);
  else rest = `.${rest}`;
  let out = '$';
  while (rest !== '') {
    const found =
      /^(?:\.([\p{L}_$][\p{L}\p{N}_:$-]*|[0-9][\w-]*)|\."((?:[^"\\])*)"|\[([0-9]+)\]|\["((?:[^"\\])*)"\]|\['((?:[^'\\])*)'\])/u.exec(
        rest,
      );
    if (found === null) {
      throw notSupported(
        `the JSON path '${path}'; served are names and numbers, as in $.a[0]["b c"]; for every item, CAST to array(json) and UNNEST`,
      );
    }
    const [whole, bare, quotedName, index, bracketed, single] = found;
    out += index === undefined ? `."${bare ?? quotedName ?? bracketed ?? single ?? ''}"` : `[${index}]`;
    rest = rest.slice(whole.length);
  }
  return out;
}
