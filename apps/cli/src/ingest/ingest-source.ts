import type { FirehoseProducer } from '@store/firehose';
import { createRecordReader, toInventoryEvent } from '@store/intake';
import { inventoryEventSchema, workshopEventSchema, type InventoryEvent } from '@store/schema';
import type { Progress } from '../output/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { producerNote, sendFirst } from '../inventory/producer.js';
import { PlaceKeeper, type CursorPlace } from './cursor.js';
import { readSource, type Source } from './open-source.js';
import { rejectOf, type RejectFile } from './reject-file.js';
import type { SourceItem } from './sources/source-item.js';

/** Records from one kept place to the next: about one packed record of 1,000 KiB, so that none is cut short for it. */
const recordsPerPlace = 2_000;

/** What a table may hold; `toInventoryEvent` knows both. */
const schemas = [inventoryEventSchema, workshopEventSchema] as const;

/** What the records of one source go through. */
export interface IngestOptions {
  readonly stream: string;
  /** Undefined for a dry run. */
  readonly producer: FirehoseProducer<InventoryEvent> | undefined;
  readonly rejects: RejectFile;
  /** Undefined where no place is kept. */
  readonly cursorFile: string | undefined;
  /** Where an earlier run was stopped. */
  readonly begun: CursorPlace | undefined;
  readonly progress: Progress;
}

/** What became of the records of one source. */
export interface SourceOutcome extends Pick<CursorPlace, 'records' | 'accepted' | 'rejected'> {
  readonly path: string;
  /** Records that an earlier run had taken. */
  readonly skipped: number;
  readonly reasons: ReadonlyMap<string, number>;
  /** An earlier run was cut off: events that it had under way are sent once more, under the same `event_id`. */
  readonly mayRepeat: boolean;
  /** False when the command was stopped before the end. */
  readonly complete: boolean;
}

/** Takes every record of a source: makes an event of it as the Lambda function does, sends it or writes down why not, keeps the place. */
export async function ingestSource(
  source: Source,
  options: IngestOptions,
  terminal: Terminal,
): Promise<SourceOutcome> {
  const { producer, rejects, cursorFile, progress, stream, begun } = options;
  const skipped = begun?.records ?? 0;
  const reasons = new Map<string, number>();
  const readRecord = createRecordReader();
  let records = 0;
  let accepted = 0;
  let rejected = 0;
  const outcome = (complete: boolean): SourceOutcome => ({
    path: source.path,
    records,
    skipped,
    mayRepeat: begun !== undefined && begun.orderly !== true && begun.complete !== true,
    accepted: (begun?.accepted ?? 0) + accepted,
    rejected: (begun?.rejected ?? 0) + rejected,
    reasons,
    complete,
  });
  if (begun?.complete === true) {
    records = begun.records;
    return outcome(true);
  }
  const keeper =
    cursorFile === undefined ? undefined : new PlaceKeeper({ cursorFile, source, stream, producer, rejects });
  const place = (): Pick<CursorPlace, 'records' | 'accepted' | 'rejected'> => {
    const now = outcome(false);
    return { records: now.records, accepted: now.accepted, rejected: now.rejected };
  };

  for await (const lot of await readSource(source, schemas, terminal)) {
    for (const item of lot) {
      if (terminal.signal.aborted) {
        await producer?.flush();
        await keeper?.keep({ ...place(), orderly: true });
        return outcome(false);
      }
      records++;
      if (records <= skipped) continue;
      const event = accept(item);
      if (event === null) rejected++;
      else {
        accepted++;
        if (producer?.put(event) === false) await producer.drained();
      }
      if (event !== null && accepted === 1 && producer !== undefined) await sendFirst(producer);
      if (records % recordsPerPlace === 0) {
        keeper?.check();
        keeper?.note(place());
      }
    }
    progress.update(records, producer === undefined ? '' : producerNote(producer.stats()));
  }
  await producer?.flush();
  await rejects.flush();
  await keeper?.keep({ ...place(), complete: true });
  return outcome(true);

  function accept(item: SourceItem): InventoryEvent | null {
    const refuse = (issues: Parameters<typeof rejectOf>[3]): null => {
      const reject = rejectOf(source.path, item.line, item.text, issues);
      rejects.add(reject);
      reasons.set(reject.code, (reasons.get(reject.code) ?? 0) + 1);
      return null;
    };
    if (item.problem !== undefined) return refuse([{ ...item.problem, path: [] }]);
    if (item.value !== undefined) return eventOf(item.value);
    const reading = readRecord(item.text);
    if (!reading.ok) {
      const { code, message } = reading.failure;
      return refuse([{ code: code === 'DEPTH' ? 'NESTED_TOO_DEEPLY' : 'MALFORMED_JSON', path: [], message }]);
    }
    const { duplicateKey } = reading;
    if (duplicateKey === undefined) return eventOf(reading.value);
    const message = `Expected each key once, got ${JSON.stringify(duplicateKey.slice(0, 100))} twice in one object.`;
    return refuse([{ code: 'DUPLICATE_KEY', path: [], message }]);

    function eventOf(value: unknown): InventoryEvent | null {
      const result = toInventoryEvent(value);
      return result.ok ? result.event : refuse(result.issues);
    }
  }
}
