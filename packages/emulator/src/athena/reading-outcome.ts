import type { Reading, ReadingOutcome, ReadResults } from '../query/reading.js';
import { ServiceError } from '../wire/service-error.js';
import { QueryFailure, syntaxFailure } from './athena-error.js';

/** Returns what comes of a reading; DuckDB's own errors are thrown as they are. */
export async function outcomeOf<Kind extends Reading['kind']>(
  of: Kind,
  work: () => Promise<ReadResults[Kind]>,
): Promise<ReadingOutcome> {
  try {
    return { kind: 'value', of, value: await work() };
  } catch (error) {
    if (error instanceof QueryFailure) return { kind: 'failure', message: error.message };
    if (error instanceof ServiceError) {
      const { code, message, status, facts } = error;
      return { kind: 'refusal', code, message, status, facts };
    }
    if (error instanceof RangeError && error.message.includes('call stack')) {
      const { message } = syntaxFailure(
        'The statement is nested too deeply; write it with fewer brackets or parts',
      );
      return { kind: 'failure', message };
    }
    if (error instanceof TypeError) return { kind: 'fault', message: error.stack ?? error.message };
    throw error;
  }
}

/** Returns the value of a reading of a kind, or throws why there is none. */
export function valueOf<Kind extends Reading['kind']>(outcome: ReadingOutcome, of: Kind): ReadResults[Kind] {
  switch (outcome.kind) {
    case 'value':
      if (outcome.of !== of) throw new TypeError(`Expected what comes of ${of}, got it of ${outcome.of}`);
      // The parse boundary: our own program answers a reading with what belongs to its kind.
      return outcome.value as ReadResults[Kind];
    case 'failure':
      throw new QueryFailure(outcome.message);
    case 'refusal':
      throw new ServiceError(outcome.code, outcome.message, outcome.status, outcome.facts);
    case 'fault':
      throw new TypeError(outcome.message);
  }
}
