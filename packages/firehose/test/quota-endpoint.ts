import type { Clock } from '@store/foundation';
import type { BatchAnswer, Transport } from '../src/index.js';

/** What the model has seen. */
export interface QuotaTotals {
  acceptedBytes: number;
  refusedBytes: number;
  calls: number;
}

/**
 * A model of Direct PUT's throttling: a bucket of one second's bytes that fills at the quota; a record that
 * finds too little in it is refused by itself, inside a successful answer, as the service does.
 */
export function quotaEndpoint(
  clock: Clock,
  bytesPerSec: number,
  answerMs: number,
): { readonly transport: Transport; readonly totals: QuotaTotals } {
  const totals: QuotaTotals = { acceptedBytes: 0, refusedBytes: 0, calls: 0 };
  let tokens = bytesPerSec;
  let filledAt = clock.now();
  const answer = (records: readonly number[]): BatchAnswer => {
    const now = clock.now();
    tokens = Math.min(bytesPerSec, tokens + ((now - filledAt) / 1000) * bytesPerSec);
    filledAt = now;
    totals.calls++;
    let FailedPutCount = 0;
    const RequestResponses = records.map((bytes) => {
      if (tokens >= bytes) {
        tokens -= bytes;
        totals.acceptedBytes += bytes;
        return { RecordId: 'id' };
      }
      FailedPutCount++;
      totals.refusedBytes += bytes;
      return { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
    });
    return { FailedPutCount, RequestResponses };
  };
  const transport: Transport = {
    target: () => ({ aws: true, region: 'us-east-1' }),
    send: (request) => {
      const records = request.body.slice(1, -1).flatMap(recordBytes);
      return new Promise((resolve) => {
        clock.schedule(
          () => {
            resolve(answer(records));
          },
          answerMs,
          { keepAlive: true },
        );
      });
    },
  };
  return { transport, totals };
}

const QUOTE = 34;

/** Bytes of each record of a body's piece, from the lengths of its base64 texts: decoding them would take the time. */
function recordBytes(piece: Uint8Array): number[] {
  const sizes: number[] = [];
  for (let at = piece.indexOf(QUOTE); at !== -1;) {
    const begin = piece.indexOf(QUOTE, piece.indexOf(QUOTE, at + 1) + 1);
    const end = piece.indexOf(QUOTE, begin + 1);
    sizes.push(((end - begin - 1) / 4) * 3);
    at = piece.indexOf(QUOTE, end + 1);
  }
  return sizes;
}
