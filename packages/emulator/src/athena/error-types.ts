/** Athena's numbers of the errors that queries end with; source: measured by the project athena-local (2026-09). */
const types: ReadonlyMap<string, number> = new Map([
  ['DIVISION_BY_ZERO', 1001],
  ['TYPE_MISMATCH', 1002],
  ['COLUMN_NOT_FOUND', 1006],
  ['CATALOG_NOT_FOUND', 1006],
  ['FAILED', 1006],
  ['INVALID_CAST_ARGUMENT', 1100],
  ['NOT_SUPPORTED', 1200],
  ['TABLE_NOT_FOUND', 1301],
  ['SCHEMA_NOT_FOUND', 1301],
  ['FUNCTION_NOT_FOUND', 1303],
]);

/** "Query exhausted resources at this scale factor", in the guide's list of types of errors (2026). */
const EXHAUSTED_RESOURCES = 2;
const SYSTEM = 401;
const OTHER = 1000;

/** Returns `AthenaError` of a query that failed: category 1 is the system's fault, 2 the user's. */
export function athenaError(reason: string): object {
  const system = reason.startsWith('GENERIC_INTERNAL_ERROR');
  const exhausted = reason.startsWith('Query exhausted resources') || reason.startsWith('Query timeout');
  const [name = ''] = reason.split(':');
  return {
    ErrorCategory: system ? 1 : 2,
    ErrorType: system ? SYSTEM : exhausted ? EXHAUSTED_RESOURCES : (types.get(name) ?? OTHER),
    Retryable: false,
    ErrorMessage: reason,
  };
}
