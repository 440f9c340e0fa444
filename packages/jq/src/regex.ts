import { runtimeError, unsupported } from './error.js';
import { named } from './json.js';
import { RegexEngines, type RegexMatch } from './regex-engines.js';
import { translate, type Translation } from './regex-translation.js';
import { isArray, type JqValue, typeOf } from './value.js';
import { spend } from './work-limit.js';

/** A compiled regular expression with jq's flags. */
export interface Regex {
  readonly pattern: string;
  readonly translation: Translation;
  readonly global: boolean;
  readonly ignoreCase: boolean;
  readonly engines: RegexEngines;
}

const cache = new Map<string, Regex>();
/** Compiled expressions kept; beyond that, records choose patterns of their own and the cache starts over. */
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
  // A record may bring a pattern of its own.
  spend(pattern.length);
  const translation = translate(pattern);
  spend(translation.part.size * STEPS_TO_COMPILE);
  const ignoreCase = flags.includes('i') || translation.ignoreCase;
  if (!isAscii(pattern) && (ignoreCase || pattern.includes('(?i:'))) {
    throw unsupported(`flag "i" with letters outside ASCII in ${JSON.stringify(pattern)}`);
  }
  const engines = new RegexEngines(pattern, translation, ignoreCase);
  return { pattern, translation, global: flags.includes('g'), ignoreCase, engines };
}

/** Steps that compiling an instruction counts as. */
const STEPS_TO_COMPILE = 20;

/**
 * Throws where some input would meet a refusal that the expression alone decides: what neither engine can say, and,
 * for those who ask for what groups captured, what the engines may differ in.
 */
export function requireDecided(regex: Regex, captures: boolean): void {
  regex.engines.require();
  if (captures) requireCaptures(regex);
}

function requireCaptures({ pattern, translation: { doubtfulCaptures } }: Regex): void {
  if (doubtfulCaptures !== undefined) throw unsupported(`${doubtfulCaptures} in ${JSON.stringify(pattern)}`);
}

const isAscii = (text: string): boolean => !/[^\0-\x7f]/.test(text);

/** Whether the expression matches anywhere. */
export function testRegex(regex: Regex, input: JqValue): boolean {
  const text = textOf(regex, input);
  return regex.engines.test(text);
}

/** Letters that Oniguruma takes for two or three of ASCII where it ignores case: ß matches ss. */
const foldsToSeveral = /[\u00df\u0130\u0149\u01f0\u1e96-\u1e9a\u1e9e\ufb00-\ufb06]/;

/** Checks the input and gives it as text. */
export function textOf(regex: Regex, input: JqValue): string {
  if (typeof input !== 'string') {
    throw runtimeError(`${named(input)} cannot be matched, as it is not a string`);
  }
  if ((regex.ignoreCase || regex.pattern.includes('(?i:')) && foldsToSeveral.test(input)) {
    throw unsupported('the regular expression flag "i" over a letter that is several small ones, such as ß');
  }
  return input;
}

/** Steps that the objects of a match count as. */
const STEPS_OF_A_MATCH = 16;

/** The first match, or every one when the expression is global. */
export function matchRegex(regex: Regex, input: JqValue): readonly RegexMatch[] {
  const text = textOf(regex, input);
  requireCaptures(regex);
  const matches: RegexMatch[] = [];
  const search = regex.engines.searcher(text);
  // Computed once: empty matches may be as many as there are characters.
  let ascii: boolean | undefined;
  let from = 0;
  do {
    const found = search(from);
    if (found === undefined) break;
    spend(STEPS_OF_A_MATCH);
    matches.push(found);
    const isEmpty = found.start === found.end;
    if (isEmpty && regex.global && !(ascii ??= isAscii(text))) {
      throw unsupported(`an empty match of ${JSON.stringify(regex.pattern)} outside ASCII`);
    }
    // jq 1.6 continues one byte behind where it began, not behind an empty match.
    from = isEmpty ? from + 1 : found.end;
  } while (regex.global && from < text.length);
  return matches;
}

/** Takes `re` or `[re, flags]`, the two ways in which jq takes a single argument. */
export function regexArgument(value: JqValue): readonly [JqValue, JqValue] {
  if (typeof value === 'string') return [value, null];
  if (isArray(value) && value.length > 0) return [value[0] ?? null, value[1] ?? null];
  throw runtimeError(`${typeOf(value)} not a string or array`);
}
