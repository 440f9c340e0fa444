import { QueryLimitError, QueryStopped } from '../query/query-error.js';
import { QueryFailure, ScanLimitExceeded, syntaxFailure } from './athena-error.js';

const athenaCodes =
  /((?:TYPE_MISMATCH|NOT_SUPPORTED|DIVISION_BY_ZERO|INVALID_CAST_ARGUMENT|INVALID_FUNCTION_ARGUMENT|NUMERIC_VALUE_OUT_OF_RANGE): [^\n]*)/;

/** Characters of an engine's text that a client is told. */
const MOST_CHARACTERS = 500;

/**
 * Returns why a query failed, in Athena's words. A client hears what is wrong with its statement or its values, never
 * a path of this machine.
 */
export function failureOf(error: unknown, signal: AbortSignal): Error {
  const isNamed =
    error instanceof QueryFailure || error instanceof QueryStopped || error instanceof ScanLimitExceeded;
  if (signal.aborted || isNamed) {
    return error instanceof Error ? error : new QueryFailure(String(error));
  }
  if (error instanceof QueryLimitError) return limitFailure(error);
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return syntaxFailure('The statement is nested too deeply; write it with fewer brackets or parts');
  }
  const message = error instanceof Error ? error.message : String(error);
  const known = athenaCodes.exec(message)?.[1];
  if (known !== undefined) return new QueryFailure(inert(known));
  const [first = ''] = message.replaceAll(/trino_|UNNAMED_COLUMN_/g, '').split('\n\nLINE');
  // Of these, nothing is the client's fault, and the text tells of files and functions that it does not know.
  if (/^(?:IO|Internal|INTERNAL|FATAL|Permission) Error|read_json|read_parquet|\.parquet|:\/\//.test(first)) {
    return new QueryFailure('GENERIC_INTERNAL_ERROR: A file of the table cannot be read');
  }
  const said = inert(first.replace(/^[A-Za-z ]+ Error: /, ''));
  if (/Cannot (?:compare|mix) values of type/.test(first)) return new QueryFailure(`TYPE_MISMATCH: ${said}`);
  const column =
    /^Binder Error: (?:Referenced column|Table "[^"]*" does not have a column named|Values list "[^"]*" does not have a column named) "([^"]+)"/.exec(
      first,
    )?.[1];
  if (column !== undefined)
    return new QueryFailure(`COLUMN_NOT_FOUND: Column '${inert(column)}' cannot be resolved`);
  if (/^(?:Binder|Catalog|Parser) Error/.test(first)) return syntaxFailure(said);
  if (first.startsWith('Conversion Error')) return new QueryFailure(`INVALID_CAST_ARGUMENT: ${said}`);
  if (first.startsWith('Out of Range Error')) {
    return new QueryFailure(`NUMERIC_VALUE_OUT_OF_RANGE: ${said}`);
  }
  return new QueryFailure(`GENERIC_INTERNAL_ERROR: ${said}`);
}

function limitFailure(error: QueryLimitError): Error {
  if (error.limit === 'scannedBytes') return new ScanLimitExceeded('Bytes scanned limit was exceeded');
  if (error.limit === 'timeoutMs') return new QueryFailure(`Query timeout. ${error.message}`);
  return exhausted(error.message);
}

/** Athena's sentence for whatever is too large, and after it which limit it was here. */
function exhausted(why: string): QueryFailure {
  return new QueryFailure(
    `Query exhausted resources at this scale factor. ${why.replace(/^the query/, 'It')}`,
  );
}

/** Text of the engine as one line of printable characters, without what looks like a path. */
function inert(text: string): string {
  return text
    .replaceAll(/(?:\/[\w.=%@+~-]+){2,}\/?/g, '…')
    .replaceAll(/\p{C}+/gu, ' ')
    .slice(0, MOST_CHARACTERS);
}
