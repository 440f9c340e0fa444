import { type JsonDocument, jsonDocuments } from '@store/foundation';
import type { DeliveryPlan } from './delivery-plan.js';

/** Most records that one record may hold; source: PutRecordBatch, API reference, read 2026-08. */
export const MAX_SUB_RECORDS = 500;

/**
 * Most lines of error output that one record gives where it is not de-aggregated: our own limit, since each is many
 * times the bytes that it tells of. What is behind them fails as one.
 */
export const MAX_FAILED_DOCUMENTS = 1_000;

/** Takes a record apart as the stream's de-aggregation says; conversion alone also takes JSON apart. */
export function* subRecords(
  { deAggregation, conversion, partitioning }: DeliveryPlan,
  bytes: Buffer,
  start: number,
  end: number,
): Generator<JsonDocument> {
  if (deAggregation?.kind === 'delimited') {
    const parses = conversion !== undefined || partitioning?.query !== undefined;
    for (const [from, to] of delimited(bytes, start, end, deAggregation.delimiter)) {
      if (parses) yield* jsonDocuments(bytes, from, to);
      else yield unparsed(from, to);
    }
    return;
  }
  if (deAggregation !== undefined || conversion !== undefined) {
    yield* jsonDocuments(bytes, start, end);
    return;
  }
  // Without de-aggregation a record is one unit: its keys are those of its first document.
  const [first, second] = jsonDocuments(bytes, start, end);
  if (first !== undefined) yield second === undefined ? first : { ...first, start, end };
}

/** What stands in for the documents of a record that has none. */
export function emptyRecord(start: number, end: number): JsonDocument {
  return { ...unparsed(start, end), failure: { code: 'SYNTAX', message: 'The record is empty.' } };
}

function unparsed(start: number, end: number): JsonDocument {
  return { start, end, isMultiline: false, hasHardNumber: false };
}

function* delimited(
  bytes: Buffer,
  start: number,
  end: number,
  delimiter: Buffer,
): Generator<[number, number]> {
  for (let from = start; from < end;) {
    let to = bytes.indexOf(delimiter, from);
    if (to < 0 || to > end) to = end;
    if (to > from) yield [from, to];
    from = to + delimiter.length;
  }
}

/** The value of a document as jq 1.6 has it, which knows doubles and no other numbers. */
export function valueForJq(bytes: Buffer, { value, hasHardNumber, start, end }: JsonDocument): unknown {
  if (!hasHardNumber) return value;
  const doubles: unknown = JSON.parse(bytes.toString('utf8', start, end));
  return doubles;
}
