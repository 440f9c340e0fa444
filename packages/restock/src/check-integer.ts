import { RestockError } from './errors.js';

/** Throws unless the option is a whole number of at least `least`. */
export function checkInteger(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RestockError(
    'INVALID_OPTION',
    name,
    `Expected \`${name}\` to be a whole number of at least ${least}, got ${value}.`,
  );
}
