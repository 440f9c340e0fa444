import type { FirehoseProducer } from '@store/firehose';
import type { RejectFacts } from '@store/intake';
import type { InventoryEvent } from '@store/schema';
import { producerNote } from '../inventory/producer.js';
import type { Progress } from '../output/progress.js';
import { CliError, isStop } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { PlaceKeeper, type CursorPlace } from './cursor.js';
import type { Source } from './find-sources.js';
import { openSource } from './open-source.js';
import type { ReadingOptions } from './reading.js';
import type { RecordEvents } from './record-events.js';
import { RecordRun } from './record-run.js';
import type { RejectFile } from './reject-file.js';
import type { TableRanges } from './table-range.js';

/** Records between two looks at whether the command was stopped; they are made events before any of them is sent. */
const RECORDS_AT_ONCE = 500;
/** Records from one kept place to the next: about one packed record of 1,000 KiB, so that none is cut short for it. */
const RECORDS_PER_PLACE = 2000;

/** What the records of one source go through. */
export interface IngestOptions {
  readonly stream: string;
  /** Undefined for a dry run. */
  readonly producer: FirehoseProducer<InventoryEvent> | undefined;
  readonly events: RecordEvents;
  readonly reading: ReadingOptions;
  readonly ranges: TableRanges;
  readonly rejects: RejectFile;
  /** Undefined where no place is kept. */
  readonly cursorFile: string | undefined;
  /** What else tells one place from another: how the source is read. */
  readonly how: string;
  /** Where an earlier run was stopped. */
  readonly begun: CursorPlace | undefined;
  readonly progress: Progress;
}

/** What became of the records of one source, by this run and those that it continues from. */
export interface SourceOutcome extends Pick<CursorPlace, 'records' | 'accepted' | 'rejected'> {
  readonly path: string;
  /** Records that an earlier run had taken. */
  readonly takenBefore: number;
  /** Records that the mapping passes over, and rows without anything. */
  readonly passedOver: number;
  /** Events made of the accepted records by this run: a record may hold several. */
  readonly events: number;
  /** Events of this run that the table would not show. */
  readonly outside: number;
  /** Hours of the events of this run, up to one more than a delivery stream keeps partitions open. */
  readonly hours: ReadonlySet<string>;
  readonly reasons: ReadonlyMap<string, number>;
  /** Bytes read; undefined for Parquet. */
  readonly bytes: number | undefined;
  /** An earlier run was cut off: events that it had under way are sent once more, under the same `event_id`. */
  readonly mayRepeat: boolean;
  /** False when the command was stopped before the end, or the source could not be read to its end. */
  readonly complete: boolean;
  /** Why it could not be read to its end; what is before that was taken. */
  readonly failure?: CliError;
}

/** Takes every record of a source: sends its events or writes down why there are none, and keeps the place. */
export async function ingestSource(
  source: Source,
  options: IngestOptions,
  terminal: Terminal,
): Promise<SourceOutcome> {
  const { producer, rejects, cursorFile, progress, stream, begun, events, ranges, how } = options;
  const takenBefore = begun?.records ?? 0;
  const run = new RecordRun({ producer, ranges, rejects });
  const read: { bytes?: number | undefined } = {};
  const outcome = (complete: boolean): SourceOutcome => ({
    path: source.path,
    records: run.items - run.parts,
    takenBefore,
    accepted: (begun?.accepted ?? 0) + run.accepted,
    rejected: (begun?.rejected ?? 0) + run.rejected,
    passedOver: (begun?.passedOver ?? 0) + run.passedOver,
    events: run.events,
    outside: run.outside,
    hours: run.hours,
    reasons: run.reasons,
    bytes: read.bytes,
    mayRepeat: begun !== undefined && begun.orderly !== true && begun.complete !== true,
    complete,
  });
  if (begun?.complete === true) {
    run.items = begun.records;
    return outcome(true);
  }
  const keeper =
    cursorFile === undefined
      ? undefined
      : new PlaceKeeper({ cursorFile, source, stream, how, producer, rejects });
  const place = (): Omit<CursorPlace, 'rejectBytes'> => {
    const { accepted, rejected, passedOver } = outcome(false);
    return { records: run.items, accepted, rejected, passedOver };
  };

  const opened = await openSource(source, { ...options.reading, ...events.reading }, terminal);
  try {
    const asOf = events.continues && source.modifiedMs !== undefined ? { asOfMs: source.modifiedMs } : {};
    const facts = (): RejectFacts => ({ ...opened.facts(), ...asOf });
    const origin = { path: source.path, events, facts, takenBefore };
    for await (const lot of opened.lots) {
      for (let from = 0; from < lot.length; from += RECORDS_AT_ONCE) {
        terminal.signal.throwIfAborted();
        const before = run.items;
        await run.take(lot.slice(from, from + RECORDS_AT_ONCE), origin);
        const crossed = Math.floor(before / RECORDS_PER_PLACE) < Math.floor(run.items / RECORDS_PER_PLACE);
        if (crossed && run.items > takenBefore) {
          keeper?.check();
          keeper?.note(place());
        }
      }
      progress.update(run.items, producer === undefined ? '' : producerNote(producer.stats()));
    }
    // What is still to be sent belongs to no file: the summary has the bytes.
    progress.update(run.items);
    if (opened.format === 'csv' && run.items === 0 && opened.facts().columns === undefined) {
      const name = source.path === '-' ? 'Standard input' : source.path;
      throw new CliError('BAD_SOURCE', `${name} is empty: it has no header.`, {
        fix: 'Export it again, with the line that names the columns.',
      });
    }
  } catch (error) {
    // Records before a stop, or before damage that only shows there, are accounted for.
    const failure = error instanceof CliError && run.items > takenBefore ? error : undefined;
    if (failure === undefined && !isStop(error, terminal.signal)) throw error;
    await producer?.flush();
    await keeper?.keep({ ...place(), orderly: true });
    return { ...outcome(false), ...(failure === undefined ? {} : { failure }) };
  } finally {
    await opened.close();
  }
  read.bytes = opened.bytes();
  await producer?.flush();
  await rejects.flush();
  await keeper?.keep({ ...place(), complete: true });
  return outcome(true);
}
