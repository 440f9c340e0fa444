import { runtimeError, unsupported } from './error.js';
import { named } from './json.js';
import { translate, type Translation } from './regex-translation.js';
import { isArray, type JqValue, typeOf } from './value.js';

/** A compiled regular expression with jq's flags. */
export interface Regex {
  readonly pattern: string;
  readonly translation: Translation;
  /** Only says whether there is a match. */
  readonly tester: RegExp;
  /** Says where; its `d` flag makes it several times slower than the tester. */
  readonly finder: RegExp;
  readonly global: boolean;
  readonly ignoreCase: boolean;
}

/** One match, its places as indexes of the JavaScript string. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly ({ readonly start: number; readonly end: number } | undefined)[];
}

const cache = new Map<string, Regex>();
/** Compiled expressions kept; beyond that, records choose patterns of their own and the cache starts afresh. */
const cacheSize = 256;

/** {@link regexOf} for one place of a program, which nearly always asks for the same one again. */
export function rememberingRegexOf(): typeof regexOf {
  let lastPattern: JqValue | undefined;
  let lastFlags: JqValue | undefined;
  let last: Regex | undefined;
  return (pattern, flags) => {
    if (last !== undefined && pattern === lastPattern && flags === lastFlags) return last;
    last = regexOf(pattern, flags);
    lastPattern = pattern;
    lastFlags = flags;
    return last;
  };
}

/** Compiles a pattern, or finds it compiled. */
export function regexOf(pattern: JqValue, flags: JqValue): Regex {
  if (typeof pattern !== 'string') {
    throw runtimeError(`${named(pattern)} cannot be matched, as it is not a string`);
  }
  if (flags !== null && typeof flags !== 'string') {
    throw runtimeError(`${named(flags)} is not a string`);
  }
  const key = `${flags ?? ''}/${pattern}`;
  const known = cache.get(key);
  if (known !== undefined) return known;
  const regex = compileRegex(pattern, flags ?? '');
  if (cache.size >= cacheSize) cache.clear();
  cache.set(key, regex);
  return regex;
}

function compileRegex(pattern: string, flags: string): Regex {
  for (const flag of flags) {
    if (!'gixnslp'.includes(flag)) {
      throw runtimeError(`${flags} is not a valid modifier string`);
    }
    if (flag !== 'g' && flag !== 'i') throw unsupported(`the regular expression flag "${flag}"`);
  }
  const translation = translate(pattern);
  const ignoreCase = flags.includes('i');
  if (ignoreCase && !isAscii(pattern)) {
    throw unsupported(`flag "i" with letters outside ASCII in ${JSON.stringify(pattern)}`);
  }
  try {
    const tester = new RegExp(translation.source, ignoreCase ? 'iu' : 'u');
    const finder = new RegExp(translation.source, ignoreCase ? 'dgiu' : 'dgu');
    return { pattern, translation, tester, finder, global: flags.includes('g'), ignoreCase };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw unsupported(`the regular expression ${JSON.stringify(pattern)} (${reason})`);
  }
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Whether the expression matches anywhere. */
export function testRegex(regex: Regex, input: JqValue): boolean {
  const text = textOf(regex, input);
  return regex.tester.test(text);
}

/** Checks the input and gives it as text. */
export function textOf(regex: Regex, input: JqValue): string {
  if (typeof input !== 'string') {
    throw runtimeError(`${named(input)} cannot be matched, as it is not a string`);
  }
  // Oniguruma folds letters outside ASCII by rules of its own (ß matches ss).
  if (regex.ignoreCase && !isAscii(input)) {
    throw unsupported('the regular expression flag "i" over letters outside ASCII');
  }
  return input;
}

/** The first match, or every one when the expression is global. */
export function matchRegex(regex: Regex, input: JqValue): readonly RegexMatch[] {
  const text = textOf(regex, input);
  const { doubtfulCaptures } = regex.translation;
  if (doubtfulCaptures !== undefined) {
    throw unsupported(`${doubtfulCaptures} in ${JSON.stringify(regex.pattern)}`);
  }
  const matches: RegexMatch[] = [];
  let from = 0;
  do {
    regex.finder.lastIndex = from;
    const found = regex.finder.exec(text);
    const indices = found?.indices;
    if (found === null || indices === undefined) break;
    const end = found.index + found[0].length;
    matches.push({ start: found.index, end, groups: indices.slice(1).map(span) });
    if (found[0] === '' && regex.global && !isAscii(text)) {
      throw unsupported(`an empty match of ${JSON.stringify(regex.pattern)} outside ASCII`);
    }
    // jq 1.6 goes on one byte behind where it began, not behind an empty match.
    from = found[0] === '' ? from + 1 : end;
  } while (regex.global && from < text.length);
  return matches;
}

function span(
  range: readonly [number, number] | undefined,
): { readonly start: number; readonly end: number } | undefined {
  return range === undefined ? undefined : { start: range[0], end: range[1] };
}

/** Takes `re` or `[re, flags]`, the two ways in which jq takes a single argument. */
export function regexArgument(value: JqValue): readonly [JqValue, JqValue] {
  if (typeof value === 'string') return [value, null];
  if (isArray(value) && value.length > 0) return [value[0] ?? null, value[1] ?? null];
  throw runtimeError(`${typeOf(value)} not a string or array`);
}
