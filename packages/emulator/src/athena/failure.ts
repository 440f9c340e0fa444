import { DamagedObjectError, QueryLimitError, QueryStopped } from '../query/query-error.js';
import { engineFailure } from './engine-message.js';
import { QueryFailure, ScanLimitExceeded, syntaxFailure } from './athena-error.js';

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
  if (error instanceof DamagedObjectError) {
    const { bucket, key, problem } = error.object;
    return new QueryFailure(
      `HIVE_CANNOT_OPEN_SPLIT: Error opening Hive split s3://${bucket}/${key}: ${problem}. \`store doctor\` names it; bring it back, or delete the object`,
      { cause: error },
    );
  }
  if (error instanceof RangeError && error.message.includes('call stack')) {
    return syntaxFailure('The statement is nested too deeply; write it with fewer brackets or parts');
  }
  // The endpoint's own fault: of the disk, or of its code.
  if (error instanceof TypeError || (error instanceof Error && 'errno' in error)) return error;
  const message = error instanceof Error ? error.message : String(error);
  const [first = ''] = message.split('\n\nLINE');
  // Of these, nothing is the client's fault, and the text tells of files that it does not know.
  if (
    /^(?:IO|Internal|INTERNAL|FATAL|Permission) Error|read_json|read_parquet|\.parquet|:\/\//.test(first) &&
    !/^Conversion Error|Malformed JSON in file/.test(first)
  ) {
    return new QueryFailure('GENERIC_INTERNAL_ERROR: A file of the table cannot be read');
  }
  const { message: said, cause } = engineFailure(first);
  return new QueryFailure(inert(said), cause === undefined ? {} : { cause });
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
