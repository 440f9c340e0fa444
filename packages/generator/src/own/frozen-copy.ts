import { wrong } from '../errors.js';

/**
 * Returns a copy that nobody can change; what is undefined is left out. An object of a class, or with fields that it
 * inherits, is refused: a copy has own fields only.
 *
 * @throws WorldError `INVALID_OPTION`
 */
export function frozenCopy(given: object): object {
  const path: (string | number)[] = [];

  function copy(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return Object.freeze(Array.from(value, (item, n) => inside(n, item)));
    if (!isPlain(value)) {
      throw wrong(
        pathText(path),
        value,
        'an object of a class, or with hidden or inherited fields; give a plain object with fields of its own.',
      );
    }
    const parts = Object.entries(value).filter(([, part]) => part !== undefined);
    return Object.freeze(Object.fromEntries(parts.map(([name, part]) => [name, inside(name, part)])));
  }

  function inside(step: string | number, value: unknown): unknown {
    path.push(step);
    const copied = copy(value);
    path.pop();
    return copied;
  }

  return Object(copy(given)) as object; // a copy of an object is one
}

/** Whether all that can be read of an object is own and enumerable; an object of another realm is plain, too. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== null && Object.getPrototypeOf(prototype) !== null) return false;
  return Object.getOwnPropertyNames(value).length === Object.keys(value).length;
}

const pathText = (path: readonly (string | number)[]): string =>
  path.map((step, n) => (typeof step === 'number' ? `[${step}]` : n === 0 ? step : `.${step}`)).join('');
