import {
  createOwnRows,
  createRecordReader,
  IntakeError,
  type Mapping,
  type MappingRun,
  type RejectReason,
  type ShelfTable,
} from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import type { ReadingOptions } from './reading.js';

/** What became of one record: events, reasons why it is none, or neither where the mapping skips it. */
export interface RecordOutcome {
  readonly events: readonly InventoryEvent[];
  readonly reasons: readonly RejectReason[];
}

/** Makes events of the records of one source. */
export interface RecordEvents {
  /** How the source is to be read for it. */
  readonly reading: Pick<ReadingOptions, 'onHeader' | 'readText'>;
  /** True where records may continue earlier ones, so that those that are skipped must be read, too. */
  readonly continues: boolean;
  /** @param line - on which the record begins */
  read(value: unknown, line: number): RecordOutcome;
}

const none: readonly never[] = Object.freeze([]);

/** Returns what makes events of records that have the event's own names, or those of the workshop's record. */
export function ownEvents(): RecordEvents {
  const rows = createOwnRows();
  return {
    reading: { onHeader: rows.onHeader, readText: createRecordReader() },
    continues: false,
    read(value) {
      const result = rows.read(value);
      if (result.ok) return { events: [result.event], reasons: none };
      return {
        events: none,
        reasons: result.issues.map(({ code, path, message }) => ({
          code,
          ...(path.length === 0 ? {} : { path: path.join('.') }),
          message,
        })),
      };
    },
  };
}

/**
 * Returns what makes events by a mapping.
 *
 * @param asOfMs - when the source was written: the time of counts whose mapping has none
 * @param shelves - what was known before the first event
 */
export function mappedEvents(mapping: Mapping, asOfMs?: number, shelves?: ShelfTable): RecordEvents {
  let run: MappingRun | undefined;
  const asOf = { ...(asOfMs === undefined ? {} : { asOfMs }), ...(shelves === undefined ? {} : { shelves }) };
  return {
    reading: {
      onHeader(columns, line) {
        try {
          run = mapping.start({ columns, ...asOf });
        } catch (error) {
          if (!(error instanceof IntakeError)) throw error;
          const fix =
            'Name the columns in the mapping as the header has them; lines above the header are skipped by --skip.';
          throw new IntakeError(error.code, error.message, error.problems, { line, fix, cause: error });
        }
        return undefined;
      },
    },
    continues: true,
    read(value, line) {
      run ??= mapping.start(asOf);
      const { events, rejected } = run.read(value, line);
      return {
        events,
        reasons: rejected.map(({ code, field, message }) => ({
          code,
          ...(field === undefined ? {} : { path: field }),
          message,
        })),
      };
    },
  };
}
