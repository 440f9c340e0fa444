import { RE2JS, type Matcher } from 're2js';
import { JqError, unsupported } from './error.js';
import type { Translation } from './regex-translation.js';
import { waysOver } from './regex-work.js';
import { spend } from './work-limit.js';

/** One match, its places as indexes of the JavaScript string. */
export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: readonly ({ readonly start: number; readonly end: number } | undefined)[];
}

/** Looks for the first match from a place on. */
export type Searcher = (from: number) => RegexMatch | undefined;

/**
 * Ways in which `RegExp`, which is 50 to 90 times faster on a short match (bench/per-record), may try to match a text;
 * beyond, RE2 does it, in a time that is linear in the text. Trying this many takes less than a millisecond.
 */
const MOST_WAYS = 20_000;
/** Ways at each place of the text that need no limit on its length. */
const FEW_WAYS = 16;
/** Characters that RegExp looks at, with few ways, in the time of one step. */
const CHARACTERS_A_STEP = 16;
/** Ways that RegExp tries in the time of one step. */
const WAYS_A_STEP = 64;
/** Steps that RE2 takes for one instruction at one character, at most: 0.5 µs where nothing is cached yet. */
const STEPS_A_LINEAR_ONE = 4;

/** The two engines that match an expression, each made when it is first needed. */
export class RegexEngines {
  readonly #pattern: string;
  readonly #translation: Translation;
  readonly #ignoreCase: boolean;
  /** Only says whether there is a match. */
  #tester: RegExp | undefined;
  /** Says where; its `d` flag makes it several times slower than the tester. */
  #finder: RegExp | undefined;
  #linear: RE2JS | undefined;

  constructor(pattern: string, translation: Translation, ignoreCase: boolean) {
    this.#pattern = pattern;
    this.#translation = translation;
    this.#ignoreCase = ignoreCase;
  }

  /** Throws where an engine that some text needs does not know the expression. */
  require(): void {
    const { source, part } = this.#translation;
    if (source !== undefined) this.#makeTester(source);
    if (source === undefined || part.ways.degree > 0 || part.ways.factor > FEW_WAYS) this.#makeLinear();
  }

  /** Whether there is a match. */
  test(text: string): boolean {
    const { source } = this.#translation;
    if (source !== undefined && this.#isQuick(text.length)) {
      this.#spendQuick(text.length);
      return this.#makeTester(source).test(text);
    }
    this.#spendLinear(text, 0);
    return this.#makeLinear().test(text);
  }

  /** Looks for matches in a text. */
  searcher(text: string): Searcher {
    const { source } = this.#translation;
    let matcher: Matcher | undefined;
    return (from) => {
      if (source !== undefined && this.#isQuick(text.length - from)) {
        const found = this.#find(source, text, from);
        this.#spendQuick((found?.end ?? text.length) - from);
        return found;
      }
      this.#spendLinear(text, from);
      matcher ??= this.#makeLinear().matcher(text);
      return matcher.find(from) ? matchOf(matcher) : undefined;
    };
  }

  #isQuick(length: number): boolean {
    const { part, isAnchored } = this.#translation;
    if (part.ways.degree === 0 && part.ways.factor <= FEW_WAYS) return true;
    return waysOver(part.ways, length) * (isAnchored ? 1 : length + 1) <= MOST_WAYS;
  }

  #spendQuick(length: number): void {
    const { part, isAnchored } = this.#translation;
    if (part.ways.degree === 0 && part.ways.factor <= FEW_WAYS) {
      if (!isAnchored) spend(1 + Math.trunc(length / CHARACTERS_A_STEP));
      return;
    }
    spend(1 + Math.trunc((waysOver(part.ways, length) * (isAnchored ? 1 : length + 1)) / WAYS_A_STEP));
  }

  #spendLinear(text: string, from: number): void {
    const { part, hasEnd, hasWordBorder } = this.#translation;
    spend(1 + (text.length - from) * Math.max(1, part.size) * STEPS_A_LINEAR_ONE);
    if ((hasEnd && text.endsWith('\n')) || (hasWordBorder && /[^\0-\x7f]/.test(text))) {
      throw new JqError(
        'LIMIT',
        `the regular expression ${JSON.stringify(this.#pattern)} could take too long on a text of this length and kind`,
      );
    }
  }

  #find(source: string, text: string, from: number): RegexMatch | undefined {
    const finder = (this.#finder ??= this.#compile(source, this.#ignoreCase ? 'dgiu' : 'dgu'));
    finder.lastIndex = from;
    const found = finder.exec(text);
    const indices = found?.indices;
    if (found === null || indices === undefined) return undefined;
    return {
      start: found.index,
      end: found.index + found[0].length,
      groups: indices.slice(1).map((range: readonly [number, number] | undefined) => {
        return range === undefined ? undefined : { start: range[0], end: range[1] };
      }),
    };
  }

  #makeTester(source: string): RegExp {
    return (this.#tester ??= this.#compile(source, this.#ignoreCase ? 'iu' : 'u'));
  }

  #compile(source: string, flags: string): RegExp {
    try {
      return new RegExp(source, flags);
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  #makeLinear(): RE2JS {
    try {
      return (this.#linear ??= RE2JS.compile(
        this.#translation.linear,
        this.#ignoreCase ? RE2JS.CASE_INSENSITIVE : 0,
      ));
    } catch (error) {
      throw this.#refusal(error);
    }
  }

  #refusal(error: unknown): Error {
    const reason = error instanceof Error ? error.message : String(error);
    return unsupported(`the regular expression ${JSON.stringify(this.#pattern)} (${reason})`);
  }
}

function matchOf(matcher: Matcher): RegexMatch {
  const groups: ({ readonly start: number; readonly end: number } | undefined)[] = [];
  for (let group = 1; group <= matcher.groupCount(); group += 1) {
    const start = matcher.start(group);
    groups.push(start < 0 ? undefined : { start, end: matcher.end(group) });
  }
  return { start: matcher.start(), end: matcher.end(), groups };
}
