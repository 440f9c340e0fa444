import type { FailedRecord } from './error-record.js';
import type { RecordOrigin } from './partition-buffers.js';

/** What the Lambda processor made of one record; dropped ones leave no result. */
export type LambdaResult =
  | { readonly kind: 'ok'; readonly data: Buffer; readonly origin: RecordOrigin }
  | { readonly kind: 'failed'; readonly failed: FailedRecord; readonly sequenceNumber: string };

/** Results of one call of the processor. */
export interface TransformedEntry {
  readonly bufferId: number;
  readonly results: readonly LambdaResult[];
}

/** As written: bytes as base64. */
interface Written {
  readonly bufferId: number;
  readonly ok: readonly { readonly data: string; readonly origin: RecordOrigin }[];
  readonly failed: readonly {
    readonly failed: Omit<FailedRecord, 'rawData'>;
    readonly rawData: string;
    readonly sequenceNumber: string;
  }[];
}

/**
 * Payload of a `transformed` entry. The results are kept, not computed again at a replay: a function may answer
 * differently the second time, and its first answer may already be delivered.
 */
export function transformedPayload({ bufferId, results }: TransformedEntry): Buffer {
  const written: Written = {
    bufferId,
    ok: results.flatMap((result) =>
      result.kind === 'ok' ? [{ data: result.data.toString('base64'), origin: result.origin }] : [],
    ),
    failed: results.flatMap((result) => {
      if (result.kind === 'ok') return [];
      const { rawData, ...failed } = result.failed;
      return [{ failed, rawData: rawData.toString('base64'), sequenceNumber: result.sequenceNumber }];
    }),
  };
  return Buffer.from(JSON.stringify(written));
}

/** Reads a `transformed` entry back. */
export function readTransformedEntry(payload: Buffer): TransformedEntry {
  // Written by transformedPayload, and its sum was checked.
  const { bufferId, ok, failed } = JSON.parse(payload.toString()) as Written;
  const delivered = ok.map(({ data, origin }): LambdaResult => ({
    kind: 'ok',
    data: Buffer.from(data, 'base64'),
    origin,
  }));
  const refused = failed.map(({ failed: rest, rawData, sequenceNumber }): LambdaResult => ({
    kind: 'failed',
    failed: { ...rest, rawData: Buffer.from(rawData, 'base64') },
    sequenceNumber,
  }));
  return { bufferId, results: [...delivered, ...refused] };
}
