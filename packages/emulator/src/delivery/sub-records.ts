import { jsonDocuments, type JsonDocument } from './json-documents.js';
import type { DeliveryPlan } from './plan.js';

/** Takes a record apart as the stream's de-aggregation says; conversion alone also takes JSON apart. */
export function subRecords(
  { deAggregation, conversion, partitioning }: DeliveryPlan,
  bytes: Buffer,
  start: number,
  end: number,
): readonly JsonDocument[] {
  if (deAggregation?.kind === 'delimited') {
    const parses = conversion !== undefined || partitioning?.query !== undefined;
    return delimited(bytes, start, end, deAggregation.delimiter).flatMap(([from, to]) =>
      parses
        ? jsonDocuments(bytes, from, to)
        : [{ start: from, end: to, multiline: false, parsed: { value: undefined } }],
    );
  }
  const documents = jsonDocuments(bytes, start, end);
  if (deAggregation !== undefined || conversion !== undefined || documents.length === 1) return documents;
  // Without de-aggregation a record is one unit: its keys are those of its first document.
  const [first] = documents;
  const failure = { failure: 'The record is empty.' };
  return [{ start, end, multiline: false, parsed: first?.parsed ?? failure }];
}

function delimited(bytes: Buffer, start: number, end: number, delimiter: Buffer): [number, number][] {
  const parts: [number, number][] = [];
  let from = start;
  while (from < end) {
    let to = bytes.indexOf(delimiter, from);
    if (to < 0 || to > end) to = end;
    if (to > from) parts.push([from, to]);
    from = to + delimiter.length;
  }
  return parts;
}
