import { nearestNames } from './nearest-name.js';
import { listed, unexpected, type OptionRule } from './option-problem.js';
import { isRecord } from './options.js';

/**
 * Makes a rule one for an option that must be given.
 *
 * @example
 * ```ts
 * import { required, text } from '@store/foundation';
 *
 * console.log(required(text()).required); // true
 * ```
 */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

/**
 * Accepts whole numbers from `least` to `most`.
 *
 * @example
 * ```ts
 * import { wholeNumber } from '@store/foundation';
 *
 * console.log(wholeNumber(1, 500).expected); // 1 to 500
 * ```
 */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): OptionRule {
  const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `${least} to ${most}`;
  return {
    expected: range,
    problem(value, path) {
      if (!Number.isSafeInteger(value)) return unexpected(path, wholeRange(least, most), value);
      const inside = Number(value) >= least && Number(value) <= most;
      return inside ? undefined : unexpected(path, range, value);
    },
  };
}

function wholeRange(least: number, most: number): string {
  return most === Number.MAX_SAFE_INTEGER
    ? `a whole number of at least ${least}`
    : `a whole number from ${least} to ${most}`;
}

/**
 * Accepts numbers from `least` to `most`; with `above`, more than `least`.
 *
 * @example
 * ```ts
 * import { numberBetween } from '@store/foundation';
 *
 * console.log(numberBetween(0, 1, { above: true }).expected); // above 0 and at most 1
 * ```
 */
export function numberBetween(
  least: number,
  most: number,
  { above = false }: { readonly above?: boolean } = {},
): OptionRule {
  const low = above ? `above ${least}` : most === Infinity ? `at least ${least}` : String(least);
  const expected = most === Infinity ? low : above ? `${low} and at most ${most}` : `${low} to ${most}`;
  return satisfying(
    expected,
    (value) => typeof value === 'number' && (above ? value > least : value >= least) && value <= most,
  );
}

/**
 * Accepts true and false.
 *
 * @example
 * ```ts
 * import { flag } from '@store/foundation';
 *
 * console.log(flag().expected); // true or false
 * ```
 */
export function flag(): OptionRule {
  return satisfying('true or false', (value) => typeof value === 'boolean');
}

/**
 * Accepts text that is not empty; with a pattern, text that fits it, which `expected` puts into words.
 *
 * @example
 * ```ts
 * import { text } from '@store/foundation';
 *
 * console.log(text('12 digits', /^\d{12}$/).expected); // 12 digits
 * ```
 */
export function text(expected = 'text that is not empty', pattern?: RegExp): OptionRule {
  return satisfying(expected, (value) => typeof value === 'string' && (pattern?.test(value) ?? value !== ''));
}

/**
 * Accepts one of these words; another word is answered with the nearest one.
 *
 * @example
 * ```ts
 * import { oneOf } from '@store/foundation';
 *
 * console.log(oneOf('packed', 'single').expected); // 'packed' or 'single'
 * ```
 */
export function oneOf(...words: readonly string[]): OptionRule {
  const expected = listed(
    words.map((word) => `'${word}'`),
    'or',
  );
  return {
    expected,
    problem(value, path) {
      if (typeof value === 'string' && words.includes(value)) return undefined;
      const [nearest] = typeof value === 'string' ? nearestNames(value, words) : [];
      return unexpected(path, expected, value, nearest === undefined ? '' : ` Did you mean '${nearest}'?`);
    },
  };
}

/**
 * Accepts a list whose every item fits the rule.
 *
 * @example
 * ```ts
 * import { listOf, wholeNumber } from '@store/foundation';
 *
 * console.log(listOf(wholeNumber(1, 9)).expected); // a list, each item 1 to 9
 * ```
 */
export function listOf(item: OptionRule): OptionRule {
  const expected = `a list, each item ${item.expected}`;
  return {
    expected,
    problem(value, path) {
      if (!Array.isArray(value)) return unexpected(path, expected, value);
      for (const [index, one] of value.entries()) {
        const problem = item.problem(one, `${path}[${index}]`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/**
 * Accepts an object with keys of the caller's own, each value of which fits the rule.
 *
 * @example
 * ```ts
 * import { callback, mapOf } from '@store/foundation';
 *
 * console.log(mapOf(callback()).expected); // an object, each value a function
 * ```
 */
export function mapOf(item: OptionRule): OptionRule {
  const expected = `an object, each value ${item.expected}`;
  return {
    expected,
    problem(value, path) {
      if (!isRecord(value)) return unexpected(path, expected, value);
      for (const [key, one] of Object.entries(value)) {
        const problem = item.problem(one, `${path}["${key}"]`);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/**
 * Accepts a function.
 *
 * @example
 * ```ts
 * import { callback } from '@store/foundation';
 *
 * console.log(callback().expected); // a function
 * ```
 */
export function callback(): OptionRule {
  return satisfying('a function', (value) => typeof value === 'function');
}

/**
 * Accepts an object that has these methods, own or inherited: a clock, a client, a transport.
 *
 * @example
 * ```ts
 * import { having } from '@store/foundation';
 *
 * console.log(having('now', 'schedule').expected); // an object with the methods `now` and `schedule`
 * ```
 */
export function having(...methods: readonly string[]): OptionRule {
  const names = methods.map((name) => `\`${name}\``);
  const expected = `an object with the method${methods.length === 1 ? '' : 's'} ${listed(names, 'and')}`;
  return satisfying(
    expected,
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      methods.every((name) => typeof Reflect.get(value, name) === 'function'),
  );
}

/**
 * Accepts an AbortSignal, also one of another realm or of a polyfill.
 *
 * @example
 * ```ts
 * import { abortSignal } from '@store/foundation';
 *
 * console.log(abortSignal().problem({ aborted: false }, 'signal')?.expected); // an AbortSignal
 * ```
 */
export function abortSignal(): OptionRule {
  const listens = having('addEventListener', 'removeEventListener');
  return satisfying(
    'an AbortSignal',
    (value) =>
      listens.problem(value, '') === undefined &&
      typeof value === 'object' &&
      value !== null &&
      typeof Reflect.get(value, 'aborted') === 'boolean',
  );
}

/**
 * Accepts what a test of the caller's own accepts; `expected` follows "Expected … to be".
 *
 * @example
 * ```ts
 * import { satisfying } from '@store/foundation';
 *
 * console.log(satisfying('an even number', (value) => Number(value) % 2 === 0).expected); // an even number
 * ```
 */
export function satisfying(expected: string, accepts: (value: unknown) => boolean): OptionRule {
  return {
    expected,
    problem: (value, path) => (accepts(value) ? undefined : unexpected(path, expected, value)),
  };
}

/**
 * Accepts what any of the rules accepts. For an object, the last rule's problem is told: put {@link nested} last.
 *
 * @example
 * ```ts
 * import { eitherOf, flag, oneOf } from '@store/foundation';
 *
 * console.log(eitherOf(flag(), oneOf('auto')).expected); // true or false or 'auto'
 * ```
 */
export function eitherOf(...rules: readonly OptionRule[]): OptionRule {
  const expected = listed(
    rules.map((rule) => rule.expected),
    'or',
  );
  return {
    expected,
    problem(value, path) {
      const problems = rules.map((rule) => rule.problem(value, path));
      if (problems.includes(undefined)) return undefined;
      const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
      return isObject ? problems.at(-1) : unexpected(path, expected, value);
    },
  };
}
