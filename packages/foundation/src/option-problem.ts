/** What is wrong with one option: where it stands, what it is, and the sentence to tell the caller. */
export interface OptionProblem {
  /** Path of the option from the outermost object: `batch.maxRecords`, `stores[3].name`. */
  readonly path: string;
  /** What was given. */
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
  /** What is wrong with a value that is at a path; undefined if nothing is. */
  readonly problem: (value: unknown, path: string) => OptionProblem | undefined;
  /** Whether the option must be given. */
  readonly required?: boolean;
}

/** The problem of a value that is not what was expected. */
export function unexpected(path: string, expected: string, value: unknown, hint = ''): OptionProblem {
  const message = `Expected ${inTicks(path)} to be ${expected}, got ${shown(value)}.${hint}`;
  return { path, value, expected, message };
}

/** A key may be anything: control characters and line ends are shown, not obeyed. */
export const inTicks = (path: string): string =>
  `\`${cut(path).replace(/[\p{Cc}\u2028\u2029]/gu, (character) => JSON.stringify(character).slice(1, -1))}\``;

const cut = (value: string): string => (value.length > 80 ? `${value.slice(0, 79)}…` : value);

/** Items as a sentence lists them: `a, b or c`. */
export function listed(items: readonly string[], word: 'and' | 'or'): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${word} ${items.at(-1) ?? ''}`;
}

/**
 * Returns a value as a message shows it: short, on one line, without running code of the caller's.
 *
 * @example
 * ```ts
 * import { shown } from '@store/foundation';
 *
 * console.log(shown('a\nb'), shown([1, 2]), shown({ a: 1 })); // "a\nb" a list of 2 an object
 * ```
 */
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
