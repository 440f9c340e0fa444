import type { EngineMacro } from '../query/prepare-engine.js';
import { engineMacro, inMakingOrder } from './macros/macro.js';
import { jsonMacros } from './macros/json.js';
import { nestedMacros } from './macros/nested.js';
import { arithmeticMacros } from './macros/arithmetic.js';
import { mathematicsMacros } from './macros/mathematics.js';
import { numberCastMacros } from './macros/number-casts.js';
import { textMacros } from './macros/text.js';
import { timeFormatMacros } from './macros/time-formats.js';
import { timeOperatorMacros } from './macros/time-operators.js';
import { timeMacros } from './macros/time.js';
import { zoneMacros, zoneOffset } from './macros/zones.js';

/** Settings of each connection that make DuckDB answer as Athena does. */
export const trinoSettings: readonly string[] = [`SET TimeZone = 'UTC'`];

/**
 * Macros that answer as Athena does where DuckDB does not. Most have forms by the types of their arguments, so what
 * depends on a type is decided when a query is bound, and costs nothing when it runs. `typeof` is known then too.
 */
export const trinoMacros: readonly EngineMacro[] = inMakingOrder([
  ...numberCastMacros,
  ...arithmeticMacros,
  ...mathematicsMacros,
  ...zoneMacros,
  ...timeMacros,
  ...timeFormatMacros,
  ...timeOperatorMacros,
  zoneOffset,
  ...textMacros,
  ...nestedMacros,
  ...jsonMacros,
]).map(engineMacro);
