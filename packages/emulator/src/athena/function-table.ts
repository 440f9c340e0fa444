import { aggregateFunctions } from './functions/aggregates.js';
import { dateFunctions } from './functions/dates.js';
import type { TrinoFunction } from './functions/function-row.js';
import { mathematicalFunctions } from './functions/mathematics.js';
import { nestedFunctions } from './functions/nested.js';
import { textFunctions } from './functions/text.js';

/**
 * Every function that is known, in Trino's words. Dispatch and docs/support.md come from this table; a function that
 * is not in it is refused.
 */
export const trinoFunctions: readonly TrinoFunction[] = Object.freeze([
  ...aggregateFunctions,
  ...mathematicalFunctions,
  ...textFunctions,
  ...dateFunctions,
  ...nestedFunctions,
]);

const byName: ReadonlyMap<string, TrinoFunction> = new Map(
  trinoFunctions.map((entry) => [entry.name, entry]),
);

/** The entry of a function; `undefined` where Trino does not know it, or the table does not. */
export function functionCalled(name: string): TrinoFunction | undefined {
  return byName.get(name);
}
