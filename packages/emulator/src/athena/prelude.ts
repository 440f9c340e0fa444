import { macroStatement, placeholder, type Macro } from './macros/macro.js';
import { jsonMacros } from './macros/json.js';
import { nestedMacros } from './macros/nested.js';
import { numberMacros } from './macros/numbers.js';
import { textMacros } from './macros/text.js';
import { timeMacros } from './macros/time.js';

/** Settings of each connection that make DuckDB answer as Athena does. */
export const trinoSettings: readonly string[] = [`SET TimeZone = 'UTC'`];

/**
 * Macros that answer as Athena does where DuckDB does not. Most have forms by the types of their arguments, so what
 * depends on a type is decided when a query is bound, and costs nothing when it runs. `typeof` is known then too.
 */
export const trinoMacros: readonly string[] = statements([
  ...numberMacros,
  ...timeMacros,
  ...textMacros,
  ...nestedMacros,
  ...jsonMacros,
]);

/** What calls others is made before them, while they take anything. */
function statements(macros: readonly Macro[]): readonly string[] {
  return [...macros.map(placeholder), ...[...macros].reverse().map(macroStatement)];
}
