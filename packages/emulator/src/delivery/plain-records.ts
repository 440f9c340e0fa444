import { compileJq, type FieldUse, type StepBudget } from '@store/jq';
import type { SnapshotColumn } from '../lake/table-catalog.js';
import { type KeysOutcome, partitionKeysOf } from './partition-keys.js';
import { plainLinePattern } from './plain-line-pattern.js';
import { PlainLines } from './plain-lines.js';
import type { DeliveryPlan, Partitioning } from './delivery-plan.js';

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

const QUOTE = 0x22;
const BEYOND_ASCII = /[\x80-\xff]/;

/**
 * Partition keys of plain lines, from the JSON texts of the fields that the query looks at. Lines one after the
 * other mostly are in the same partition, and mostly it shows: the query runs again only where what it looks
 * at has changed (0.1 µs where a run takes 0.6; bench/plain-lines.bench.ts).
 */
export class PlainKeys {
  readonly #query: NonNullable<Partitioning['query']>;
  readonly #readers: readonly FieldReader[];
  readonly #names: readonly string[];
  #arrivalAt = Number.NaN;
  #found: KeysOutcome | undefined;

  /** @param names - columns that a line's captures are of, from index 1 on */
  constructor(query: NonNullable<Partitioning['query']>, names: readonly string[]) {
    const uses = query.fields ?? [];
    this.#query = query;
    this.#names = names;
    this.#readers = names.map(
      (name) =>
        new FieldReader(
          uses.find((use) => use.name === name),
          query.budget,
        ),
    );
  }

  /** The keys of a line; a group that took no part in the match is a field that is not there. */
  of(captures: readonly (string | undefined)[], arrivalAt: number): KeysOutcome {
    const isSame =
      this.#arrivalAt === arrivalAt && this.#readers.every((reader, at) => reader.sees(captures[at + 1]));
    if (isSame && this.#found !== undefined) return this.#found;
    const document: Record<string, unknown> = {};
    this.#names.forEach((name, at) => {
      const text = captures[at + 1];
      if (text !== undefined) document[name] = parse(text);
      this.#readers[at]?.remember(text);
    });
    this.#arrivalAt = arrivalAt;
    this.#found = partitionKeysOf(this.#query, document, arrivalAt);
    return this.#found;
  }
}

/** Knows whether a field's text differs from the last one in anything that the query looks at. */
class FieldReader {
  readonly #leading: number | undefined;
  readonly #tests: readonly ((text: string) => unknown)[];
  #text: string | undefined;
  /** What the text must begin with to lead to the same; `undefined` where it must be the same. */
  #start: string | undefined;
  #results: readonly unknown[] = [];

  constructor(use: FieldUse | undefined, budget: StepBudget) {
    this.#leading = use?.part?.leading;
    this.#tests = (use?.part?.tests ?? []).map((expression) => {
      const program = compileJq(`test(${JSON.stringify(expression)})`, { budget });
      return (text) => program(text.slice(1, -1))[0];
    });
  }

  remember(text: string | undefined): void {
    this.#text = text;
    this.#start = undefined;
    if (text === undefined || this.#leading === undefined || text.charCodeAt(0) !== QUOTE) return;
    const start = text.slice(0, this.#leading + 1);
    // Only within ASCII are this many bytes this many characters.
    if (BEYOND_ASCII.test(text)) return;
    try {
      this.#results = this.#tests.map((test) => test(text));
      this.#start = start;
    } catch {
      // A test that fails on a text says nothing of the next one: the query runs again, and gives the reason.
    }
  }

  sees(text: string | undefined): boolean {
    if (this.#start === undefined || text === undefined) return text === this.#text;
    if (!text.startsWith(this.#start) || BEYOND_ASCII.test(text)) return false;
    try {
      return this.#tests.every((test, at) => test(text) === this.#results[at]);
    } catch {
      return false;
    }
  }
}

function parse(text: string): unknown {
  const utf8 = BEYOND_ASCII.test(text) ? Buffer.from(text, 'latin1').toString() : text;
  // Text of the plain form has no escapes.
  if (utf8.charCodeAt(0) === QUOTE) return utf8.slice(1, -1);
  const value: unknown = JSON.parse(utf8);
  return value;
}
