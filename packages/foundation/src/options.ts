import { nearestNames } from './nearest-name.js';

/** What is wrong with one option: where it stands, what it is, and the sentence to tell the caller. */
export interface OptionProblem {
  /** Path of the option from the outermost object: `batch.maxRecords`, `stores[3].name`. */
  readonly path: string;
  readonly value: unknown;
  /** What would be accepted: `1 to 500`. */
  readonly expected: string;
  /** A whole sentence with all of it, and the nearest known name if the option or word is unknown. */
  readonly message: string;
}

/** How one option is checked. */
export interface OptionRule {
  /** What is accepted, as it follows "Expected … to be". */
  readonly expected: string;
  /** What is wrong with a value that stands at a path; undefined if nothing is. */
  readonly problem: (value: unknown, path: string) => OptionProblem | undefined;
  /** Whether the option must be given. */
  readonly required?: boolean;
}

/** One rule for each option: an option without a rule does not compile. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: OptionRule };

/**
 * Checks an options object: throws what `fail` makes of the first problem, which is an option out of range, one that
 * is missing, or one that nobody knows. An option that is undefined counts as not given. Values are not changed.
 *
 * @example
 * ```ts
 * import { checkOptions, oneOf, wholeNumber, type OptionRules } from '@store/foundation';
 *
 * interface ShelfOptions {
 *   readonly capacity?: number;
 *   readonly side?: 'left' | 'right';
 * }
 * const rules: OptionRules<ShelfOptions> = { capacity: wholeNumber(1, 500), side: oneOf('left', 'right') };
 * try {
 *   checkOptions({ capacty: 20 }, rules, ({ message }) => new RangeError(message));
 * } catch (error) {
 *   console.log(String(error));
 *   // RangeError: Unknown option `capacty`. Did you mean `capacity`? Known options: `capacity`, `side`.
 * }
 * ```
 */
export function checkOptions(
  options: object | undefined,
  rules: Readonly<Record<string, OptionRule>>,
  fail: (problem: OptionProblem) => Error,
): void {
  const problem = options === undefined ? undefined : nested(rules).problem(options, '');
  if (problem !== undefined) throw fail(problem);
}

/** Accepts an object whose options fit these rules, and no others. */
export function nested(rules: Readonly<Record<string, OptionRule>>): OptionRule {
  const known = new Map<string, OptionRule>(Object.entries(rules));
  const expected = 'an object of options';
  return {
    expected,
    problem(value, path) {
      if (!isRecord(value, known.keys())) return unexpected(path === '' ? 'options' : path, expected, value);
      const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
      for (const name of Object.keys(value)) {
        if (!known.has(name)) return unknownOption(at(name), name, known, at, Reflect.get(value, name));
      }
      for (const [name, rule] of known) {
        // Own or inherited: a caller may pass an object with getters of its class.
        const found: unknown = Reflect.get(value, name);
        if (found === undefined) {
          if (rule.required === true) return unexpected(at(name), rule.expected, found);
          continue;
        }
        const problem = rule.problem(found, at(name));
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  };
}

/**
 * Is it an object with members? One of a class must have a member of its own or a known one: a Map, a Promise that
 * nobody awaited or an AbortSignal in the place of options would be taken for options of which none is given.
 */
function isRecord(value: unknown, known: Iterable<string> = []): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm is plain, too: nothing stands behind its prototype.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return true;
  return Object.keys(value).length > 0 || [...known].some((name) => Reflect.get(value, name) !== undefined);
}

/** The same rule for an option that must be given. */
export function required(rule: OptionRule): OptionRule {
  return { ...rule, required: true };
}

/** Accepts whole numbers from `least` to `most`. */
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

/** Accepts numbers from `least` to `most`; with `above`, more than `least`. */
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

/** Accepts true and false. */
export function flag(): OptionRule {
  return satisfying('true or false', (value) => typeof value === 'boolean');
}

/** Accepts text that is not empty; with a pattern, text that fits it, which `expected` puts into words. */
export function text(expected = 'text that is not empty', pattern?: RegExp): OptionRule {
  return satisfying(expected, (value) => typeof value === 'string' && (pattern?.test(value) ?? value !== ''));
}

/** Accepts one of these words; another word is answered with the nearest one. */
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

/** Accepts a list whose every item fits the rule. */
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

/** Accepts an object with keys of the caller's own, each value of which fits the rule. */
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

/** Accepts a function. */
export function callback(): OptionRule {
  return satisfying('a function', (value) => typeof value === 'function');
}

/** Accepts an object that has these methods, own or inherited: a clock, a client, a transport. */
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

/** Accepts what a test of the caller's own accepts; `expected` follows "Expected … to be". */
export function satisfying(expected: string, accepts: (value: unknown) => boolean): OptionRule {
  return {
    expected,
    problem: (value, path) => (accepts(value) ? undefined : unexpected(path, expected, value)),
  };
}

/** Accepts what any of the rules accepts. For an object, the last rule's problem is told: put {@link nested} last. */
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

function unknownOption(
  path: string,
  name: string,
  known: ReadonlyMap<string, OptionRule>,
  at: (name: string) => string,
  value: unknown,
): OptionProblem {
  const [nearest] = nearestNames(name, known.keys());
  const names = [...known.keys()].map((key) => `\`${at(key)}\``).join(', ');
  const hint = nearest === undefined ? '' : ` Did you mean \`${at(nearest)}\`?`;
  return {
    path,
    value,
    expected: `one of ${names}`,
    message: `Unknown option ${inTicks(path)}.${hint} Known options: ${names}.`,
  };
}

function unexpected(path: string, expected: string, value: unknown, hint = ''): OptionProblem {
  const message = `Expected ${inTicks(path)} to be ${expected}, got ${shown(value)}.${hint}`;
  return { path, value, expected, message };
}

/** A key may be anything: control characters and line ends are shown, not obeyed. */
const inTicks = (path: string): string =>
  `\`${cut(path).replace(/[\p{Cc}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1))}\``;

const cut = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value);

function listed(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}

/** A value as a message shows it: short, on one line, without running code of the caller's. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value));
  if (typeof value === 'bigint') return `${String(value)}n`;
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return dateText(value) ?? 'an object';
  return String(value);
}

/** What is made from Date's prototype is not one of its kind, and its methods throw. */
function dateText(value: object): string | undefined {
  if (!(value instanceof Date)) return undefined;
  try {
    return `a Date of ${String(Date.prototype.getTime.call(value))}`;
  } catch {
    return undefined;
  }
}
