import { QueryFailure, refusedRequest } from './athena-error.js';
import { outputPlace, type S3Place } from './results/result-location.js';
import { parseStatement } from './statement/parse-statement.js';
import type { Statement } from './statement/statement.js';
import { withParameters } from './statement-text.js';
import type { WorkGroups } from './work-groups.js';

/** A statement, and the parameters that are still to be put into it. */
export interface ReadRequest {
  readonly statement: Statement;
  readonly parameters: readonly string[];
}

/**
 * Reads a statement; in the place of an EXECUTE stands what it names, with its parameters put in.
 *
 * @param prepared - SQL of a prepared statement
 */
export function readRequest(
  sql: string,
  parameters: readonly string[],
  prepared: (name: string) => string | undefined,
): ReadRequest {
  const statement = parseStatement(sql);
  if (statement.kind !== 'execute') return { statement, parameters };
  const query = prepared(statement.name);
  if (query === undefined) return { statement, parameters };
  const given = statement.parameters.length > 0 ? statement.parameters : parameters;
  try {
    return { statement: parseStatement(withParameters(query, given)), parameters: [] };
  } catch (error) {
    // A wrong number of parameters is the execution's own failure: it is found again when it runs.
    if (error instanceof QueryFailure) return { statement: parseStatement(query), parameters: given };
    throw error;
  }
}

/** Where a query leaves its objects; `undefined` where its workgroup keeps the results itself. */
export function outputOf(
  given: string | undefined,
  { location, decides, managed }: ReturnType<WorkGroups['output']>,
): S3Place | undefined {
  if (!managed) return outputPlace(given, location, decides);
  if (given === undefined) return undefined;
  throw refusedRequest(
    'INVALID_INPUT',
    'The workgroup keeps the results of its queries; leave ResultConfiguration.OutputLocation out.',
  );
}
