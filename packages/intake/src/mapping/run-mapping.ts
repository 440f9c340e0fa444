import type { InventoryEvent } from '@store/schema';
import type { IntakeProblem } from '../errors.js';
import { createColumns, isRecord } from './columns.js';
import { mappingLimits, type MappingDocument } from './document.js';
import { eventMaker } from './event-maker.js';
import type { FieldContext } from './field-source.js';
import { numbersOf } from './amounts.js';
import { createShelves } from './known-stock.js';
import { parsePath, valuesAt } from './path.js';
import type { MappingReject, Row } from './row.js';
import { rowFilter } from './row-filter.js';
import type { ShelfTable } from './shelf-table.js';
import { createUnpivot } from './unpivot.js';

/** What one run over a source is started with. */
export interface MappingRunOptions {
  /** The source's header, for sources that have one. @defaultValue none: each record has its own keys */
  readonly columns?: readonly string[];
  /**
   * Time of the counts of a snapshot whose mapping has no `event_time`, in milliseconds since 1970: when the file was
   * written. @defaultValue none: such a count is refused
   */
  readonly asOfMs?: number;
  /**
   * What was known of the shelves before the first event of the source; the run writes what it counts into it. A source that is
   * read twice makes the same events if this holds the same both times.
   * @defaultValue nothing: the first count of a shelf changes nothing
   */
  readonly shelves?: ShelfTable;
}

/** What became of one record. All three may have entries, since a record may hold several rows. */
export interface MappedRecord {
  /** Its events, in the order of its rows. */
  readonly events: readonly InventoryEvent[];
  /** Its rows that are no events, with the reasons. */
  readonly rejected: readonly MappingReject[];
  /** Why each of its rows was passed over that the mapping skips: `Stock is "not stocked"`. */
  readonly skipped: readonly string[];
}

/** One run over the records of a source, which remembers what a row may continue. */
export interface MappingRun {
  /**
   * Reads the next record of the source; it never throws. A run that is resumed must read the records that an earlier one has
   * taken again, since later ones may continue them.
   *
   * @param line - on which the record begins, or its row: what `record` in a key means. Left out: its number, from 1
   */
  read(record: unknown, line?: number): MappedRecord;
}

/** A mapping that is ready to run. */
export interface Mapping {
  /** Name of the mapping. */
  readonly name: string;
  /** The document behind it; undefined for a function. */
  readonly document: MappingDocument | undefined;
  /** Returns what a header lacks; none where it fits. */
  checkHeader(columns: readonly string[]): readonly IntakeProblem[];
  /**
   * Starts a run over the records of one source.
   *
   * @throws IntakeError `HEADER_MISMATCH` when the columns do not fit
   */
  start(options?: MappingRunOptions): MappingRun;
}

/** What `unpivot` made of each row of a record. */
type Cells = readonly (readonly unknown[])[];

const none: readonly never[] = Object.freeze([]);

/** Starts a run of a document that was checked. */
export function runMapping(document: MappingDocument, options: MappingRunOptions): MappingRun {
  const unpivot =
    document.unpivot === undefined ? undefined : createUnpivot(document.unpivot, options.columns);
  const columns = createColumns({
    header: options.columns,
    looseNames: document.looseNames ?? none,
    made: unpivot?.made ?? none,
  });
  const watchers: ((row: Row) => void)[] = [];
  const context: FieldContext = {
    document,
    columns,
    numbers: numbersOf(document),
    watch: (see) => watchers.push(see),
  };
  const makeEvent = eventMaker({
    ...context,
    // The time at which a file was written has fractions.
    asOfMs: Number.isFinite(options.asOfMs) ? Math.floor(Number(options.asOfMs)) : undefined,
    shelves: document.mode === 'snapshot' ? createShelves(options.shelves) : undefined,
  });
  const skipReason = rowFilter(context);
  const path = document.records === undefined ? undefined : parsePath(document.records, 'every item');
  const steps = path === undefined || typeof path === 'string' ? undefined : path.steps;
  const row: Row = { record: {}, root: undefined, cells: none, line: 0, nth: 0, problem: undefined };

  return {
    read(record, line = row.line + 1) {
      row.nth = line === row.line ? row.nth + 1 : 0;
      row.line = line;
      if (!isRecord(record)) return refused('NOT_AN_OBJECT', 'Expected a record to be an object with keys.');
      row.root = record;
      row.cells = none;
      try {
        if (steps === undefined && unpivot === undefined) return readRow(record);
        return readRows(record);
      } catch (error) {
        // The last resort: a record that is no plain data may run code of its own.
        return refused(
          'UNREADABLE',
          `The record cannot be read: ${error instanceof Error ? error.message : 'unknown'}`,
        );
      }
    },
  };

  function readRow(record: Row['record']): MappedRecord {
    row.record = record;
    row.problem = undefined;
    for (const see of watchers) see(row);
    const skipped = skipReason?.(row);
    if (skipped !== undefined) return { events: none, rejected: none, skipped: [skipped] };
    // A row that is refused may have been seen with a problem of a row that it continues.
    const event = makeEvent(row);
    return 'code' in event
      ? { events: none, rejected: [event], skipped: none }
      : { events: [event], rejected: none, skipped: none };
  }

  function readRows(record: Row['record']): MappedRecord {
    const found = steps === undefined ? [record] : valuesAt(record, steps, mappingLimits.rowsPerRecord);
    if (found.length === 0)
      return { events: none, rejected: none, skipped: [`${document.records ?? ''} holds nothing`] };
    const events: InventoryEvent[] = [];
    const rejected: MappingReject[] = [];
    const skipped: string[] = [];
    const take = (part: MappedRecord): void => {
      events.push(...part.events);
      rejected.push(...part.rejected);
      skipped.push(...part.skipped);
    };
    // Counted before any is read: a record that is refused has changed nothing that later ones continue.
    const cellsOf = (one: unknown): Cells => (isRecord(one) ? unpivot?.cellsOf(one) : undefined) ?? [none];
    const parts = found.map((one) => ({ one, cellsOfRows: cellsOf(one) }));
    if (parts.reduce((sum, { cellsOfRows }) => sum + cellsOfRows.length, 0) > mappingLimits.rowsPerRecord)
      return refused(
        'TOO_MANY_ROWS',
        `Expected a record of at most ${mappingLimits.rowsPerRecord} rows, got more.`,
      );
    for (const { one, cellsOfRows } of parts) {
      if (!isRecord(one)) {
        take(
          refused('NOT_AN_OBJECT', `Expected each of ${document.records ?? ''} to be an object with keys.`),
        );
        continue;
      }
      if (cellsOfRows.length === 0) {
        const patterns = Object.values(document.unpivot?.columns ?? {}).join(' or ');
        take(refused('MISSING', `Expected columns such as ${patterns}, got none.`));
      }
      for (const cells of cellsOfRows) {
        row.cells = cells;
        take(readRow(one));
      }
    }
    return { events, rejected, skipped };
  }
}

const refused = (code: string, message: string): MappedRecord => ({
  events: none,
  rejected: [{ code, message }],
  skipped: none,
});
