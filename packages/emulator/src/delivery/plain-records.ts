import type { KeysOutcome } from './partition-keys.js';
import { PlainKeys } from './plain-keys.js';
import { plainLinePattern } from './plain-line-pattern.js';
import { PlainLines } from './plain-lines.js';
import type { DeliveryPlan } from './plan.js';
import type { SnapshotColumn } from '../lake/schema-snapshot.js';

const LINE_FEED = 0x0a;

/** The quick way through a stream for records whose lines are of the plain form; it decides nothing differently. */
export interface PlainRecords {
  readonly lines: PlainLines;
  /** The partition keys of a line of the record read last; `undefined` where the stream has no query. */
  keys(line: number, arrivalAt: number): KeysOutcome | undefined;
}

/** Opens the quick way for a table, where the stream's settings and the columns' types allow it. */
export function openPlainRecords(
  { conversion, deAggregation, partitioning }: DeliveryPlan,
  columns: readonly SnapshotColumn[],
  maxLines: number,
): PlainRecords | undefined {
  const query = partitioning?.query;
  if (conversion?.plainLines !== true || (query !== undefined && query.fields === undefined))
    return undefined;
  if (deAggregation?.kind === 'delimited' && !isLineFeed(deAggregation.delimiter)) return undefined;
  const pattern = plainLinePattern(columns, query?.fields?.map(({ name }) => name) ?? []);
  if (pattern === undefined) return undefined;
  const lines = new PlainLines(pattern, maxLines);
  const keys = query === undefined ? undefined : new PlainKeys(query, pattern.captured);
  return { lines, keys: (line, arrivalAt) => keys?.of(lines.captures[line] ?? [], arrivalAt) };
}

function isLineFeed(delimiter: Buffer): boolean {
  return delimiter.length === 1 && delimiter[0] === LINE_FEED;
}
