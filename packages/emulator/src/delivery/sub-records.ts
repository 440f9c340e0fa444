import type { DeliveryPlan } from './delivery-plan.js';

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

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** One JSON document within a record. */
export interface JsonDocument {
  readonly start: number;
  readonly end: number;
  /** The parsed value, or why there is none. */
  /** The text spans lines, which a line-by-line reader must not see. */
  readonly multiline: boolean;
  readonly parsed: { readonly value: unknown } | { readonly failure: string };
}

/**
 * Finds the JSON documents in `bytes[start, end)`: one a line, or one directly after the other. A line that is
 * not JSON is a document that failed, so that its neighbours still go through.
 */
export function jsonDocuments(bytes: Buffer, start: number, end: number): readonly JsonDocument[] {
  const lines: JsonDocument[] = [];
  let failed = false;
  for (let from = start; from < end;) {
    let to = bytes.indexOf(LINE_FEED, from);
    if (to < 0 || to > end) to = end;
    if (!isBlank(bytes, from, to)) {
      const document = parse(bytes, from, to);
      failed ||= 'failure' in document.parsed;
      lines.push(document);
    }
    from = to + 1;
  }
  if (!failed) return lines;
  return concatenated(bytes, start, end) ?? lines;
}

function parse(bytes: Buffer, start: number, end: number): JsonDocument {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8', start, end));
    return { start, end, multiline: false, parsed: { value } };
  } catch (error) {
    return {
      start,
      end,
      multiline: false,
      parsed: { failure: error instanceof Error ? error.message : String(error) },
    };
  }
}

/** Splits by brackets; `undefined` when a piece does not parse, since then no split is the right one. */
function concatenated(bytes: Buffer, start: number, end: number): readonly JsonDocument[] | undefined {
  const documents: JsonDocument[] = [];
  let depth = 0;
  let open = -1;
  let inText = false;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE && depth > 0) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      if (depth === 0) open = at;
      depth += 1;
    } else if (byte === 0x7d || byte === 0x5d) {
      depth -= 1;
      if (depth < 0) return undefined;
      if (depth === 0) {
        const document = parse(bytes, open, at + 1);
        if ('failure' in document.parsed) return undefined;
        documents.push({ ...document, multiline: bytes.subarray(open, at).includes(LINE_FEED) });
      }
    } else if (depth === 0 && byte > 0x20) return undefined;
  }
  return depth === 0 && !inText ? documents : undefined;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    if ((bytes[at] ?? 0) > 0x20) return false;
  }
  return true;
}
