import { partitionKeysOf, type KeysOutcome } from './partition-keys.js';
import { plainLinePattern } from './plain-line-pattern.js';
import { PlainLines } from './plain-lines.js';
import type { DeliveryPlan, Partitioning } from './plan.js';
import type { SnapshotColumn } from './schema-snapshot.js';

const LINE_FEED = 0x0a;
const BEYOND_ASCII = /[\x80-\xff]/;

/** The quick way through a stream for records whose lines are of the plain form; it decides nothing differently. */
export class PlainRecords {
  readonly lines: PlainLines;
  readonly #query: Partitioning['query'];
  /** The last line's captures and what they led to: the next line often has the same. */
  #last:
    | { readonly texts: readonly string[]; readonly arrivalAt: number; readonly found: KeysOutcome }
    | undefined;

  constructor(lines: PlainLines, query: Partitioning['query']) {
    this.lines = lines;
    this.#query = query;
  }

  /** Prepares `bytes[offset, …)`, the records of one call end to end. */
  open(bytes: Buffer, offset: number): void {
    this.lines.open(bytes, offset);
  }

  /** The call's records are done. */
  close(): void {
    this.lines.close();
    this.#last = undefined;
  }

  /** Reads a record; answers its number of lines, or 0 where it must be parsed. */
  read(start: number, end: number): number {
    return this.lines.read(start, end);
  }

  /** The partition keys of a line of the record read last; `undefined` where the stream has no query. */
  keys(line: number, arrivalAt: number): KeysOutcome | undefined {
    const texts = this.lines.captures[line];
    if (this.#query === undefined || texts === undefined) return undefined;
    const last = this.#last;
    if (last?.arrivalAt === arrivalAt && same(last.texts, texts)) return last.found;
    const document: Record<string, unknown> = {};
    this.lines.captured.forEach((name, index) => {
      const text = texts[index + 1];
      // A group that took no part in the match is undefined, whatever the declaration says.
      if (text !== undefined) document[name] = parse(text);
    });
    const found = partitionKeysOf(this.#query, document, arrivalAt);
    this.#last = { texts, arrivalAt, found };
    return found;
  }
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
  const pattern = plainLinePattern(columns, query?.fields ?? []);
  return pattern === undefined ? undefined : new PlainRecords(new PlainLines(pattern, maxLines), query);
}

function isLineFeed(delimiter: Buffer): boolean {
  return delimiter.length === 1 && delimiter[0] === LINE_FEED;
}

function same(left: readonly string[], right: readonly string[]): boolean {
  for (let index = 1; index < left.length; index += 1) if (left[index] !== right[index]) return false;
  return true;
}

function parse(text: string): unknown {
  const utf8 = BEYOND_ASCII.test(text) ? Buffer.from(text, 'latin1').toString() : text;
  // Text of the plain form has no escapes.
  if (utf8.charCodeAt(0) === 0x22) return utf8.slice(1, -1);
  const value: unknown = JSON.parse(utf8);
  return value;
}
