import { compileJq, JqError } from '@store/jq';
import { ServiceError } from '../wire/service-error.js';
import { invalid } from './glue-answers.js';
import { glueLimits } from './glue-limits.js';

/**
 * Compiles the `Expression` of GetTables: a regular expression over the whole name, in any case. A `*` that has nothing
 * to repeat but a plain character stands for any text, as Hive's and Athena's clients write it (`sales*`).
 */
export function tableNamePattern(expression: string): (name: string) => boolean {
  if (expression === '') return () => true;
  const pattern = `^(?:${withStars(expression)})$`;
  // Names are in lower case. With the flag, jq refuses letters outside ASCII, so it is set only where it is needed.
  const flags = /[A-Z]/.test(expression) ? '; "i"' : '';
  const budget = { steps: glueLimits.patternSteps };
  try {
    const test = compileJq(`test(${JSON.stringify(pattern)}${flags})`, { budget });
    // A pattern that does not compile says so at its first use.
    test('');
    return (name) => refusing(expression, () => test(name)[0] === true);
  } catch (error) {
    throw refusal(expression, error);
  }
}

function refusing<T>(expression: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw refusal(expression, error);
  }
}

function refusal(expression: string, error: unknown): unknown {
  if (error instanceof ServiceError || !(error instanceof JqError)) return error;
  const reason =
    error.code === 'LIMIT'
      ? `it takes more than ${glueLimits.patternSteps} steps; write a simpler one, or filter the names that GetTables gives`
      : error.message.replace(/^jq expression not supported: /, '');
  return invalid(`Expression '${expression}' cannot be used as a regular expression: ${reason}`);
}

/** Makes `.*` of a `*` at the start, behind `|` or `(`, or behind a letter, digit, `_` or `-`. */
function withStars(expression: string): string {
  return expression.replace(/\\.|\[(?:\\.|[^\]\\])*\]|(^|[|(\w-])\*/gu, (whole, before?: string) =>
    before === undefined ? whole : `${before}.*`,
  );
}
