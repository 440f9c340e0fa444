import { nearestNames } from './nearest-name.js';
import { inTicks, unexpected, type OptionProblem, type OptionRule } from './option-problem.js';

/** One rule for each option: an option without a rule does not compile. */
export type OptionRules<Options> = { readonly [Name in keyof Required<Options>]: OptionRule };

/**
 * Checks an options object: throws what `fail` makes of the first problem, which is an option out of range, one that
 * is missing, or one that is unknown. An option that is undefined counts as not given. Values are not changed.
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
  if (options === undefined && !Object.values(rules).some((rule) => rule.required === true)) return;
  const problem = nested(rules).problem(options, '');
  if (problem !== undefined) throw fail(problem);
}

/**
 * Checks one argument that is no object of options: throws what `fail` makes of its problem. The name is the
 * parameter's, as the caller reads it.
 *
 * @example
 * ```ts
 * import { checkArgument, text } from '@store/foundation';
 *
 * function open(folder: string): void {
 *   checkArgument('folder', folder, text('a path'), ({ message }) => new TypeError(message));
 * }
 * try {
 *   open('');
 * } catch (error) {
 *   console.log(String(error)); // TypeError: Expected `folder` to be a path, got "".
 * }
 * ```
 */
export function checkArgument(
  name: string,
  value: unknown,
  rule: OptionRule,
  fail: (problem: OptionProblem) => Error,
): void {
  const problem = rule.problem(value, name);
  if (problem !== undefined) throw fail(problem);
}

/**
 * Accepts an object whose options fit these rules, and no others.
 *
 * @example
 * ```ts
 * import { nested, wholeNumber } from '@store/foundation';
 *
 * console.log(nested({ capacity: wholeNumber(1, 500) }).expected); // an object of options
 * ```
 */
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
export function isRecord(value: unknown, known: Iterable<string> = []): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  // An object of another realm is plain, too: nothing is behind its prototype.
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return true;
  return Object.keys(value).length > 0 || [...known].some((name) => Reflect.get(value, name) !== undefined);
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
