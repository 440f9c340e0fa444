import { ProtocolError, ServiceError, ThrottledError, type FirehoseError } from '../errors.js';
import type { BatchAnswer } from '../transport/transport.js';

/** What became of one record: its id, or why it was refused. */
export type RecordOutcome =
  | { readonly recordId: string; readonly error?: undefined; readonly throttled?: undefined }
  | { readonly recordId?: undefined; readonly error: FirehoseError; readonly throttled: boolean };

/**
 * Reads an answer record by record.
 *
 * @throws {ProtocolError} when the answer contradicts itself: then no part of it can be trusted.
 */
export function readAnswer(answer: BatchAnswer, sent: number): RecordOutcome[] {
  const responses = answer.RequestResponses;
  if (responses?.length !== sent) {
    throw new ProtocolError(
      `Expected ${sent} responses to ${sent} records, got ${responses?.length ?? 'none'}.`,
    );
  }
  let failed = 0;
  const outcomes = responses.map(({ RecordId, ErrorCode, ErrorMessage }): RecordOutcome => {
    if (ErrorCode === undefined || ErrorCode === '') {
      if (RecordId !== undefined && RecordId !== '') return { recordId: RecordId };
      throw new ProtocolError('Expected a RecordId or an ErrorCode for each record, got neither.');
    }
    failed++;
    const text = `${ErrorCode}: ${ErrorMessage ?? ''}`;
    const throttled = ErrorCode === 'ServiceUnavailableException';
    if (throttled) return { error: new ThrottledError(text), throttled };
    // As with a failing call, a failing record may have been written before it failed.
    return { error: new ServiceError('service', text, { retryable: true, ambiguous: true }), throttled };
  });
  if ((answer.FailedPutCount ?? 0) !== failed) {
    throw new ProtocolError(
      `Expected FailedPutCount to be ${failed}, as the responses say, got ${answer.FailedPutCount ?? 'none'}.`,
    );
  }
  return outcomes;
}
