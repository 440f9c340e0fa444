import type { FirehoseProducer } from '@store/firehose';
import { inventoryEventSchema, validateInventoryEvent, type InventoryEvent } from '@store/schema';
import type { Progress } from '../output/progress.js';
import type { Terminal } from '../terminal/terminal.js';
import { producerNote } from '../chain/inventory-producer.js';
import { sendFirst } from '../chain/send-first.js';
import { removeCursor, writeCursor, type CursorPlace } from './cursor.js';
import { readSource, type Source } from './open-source.js';
import { rejectOf, type RejectFile } from './reject-file.js';
import type { SourceItem } from './source-item.js';

/** After so many records everything is flushed and the place kept: what a kill -9 can make be sent again. */
const recordsPerPlace = 50_000;

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
export interface SourceOutcome extends CursorPlace {
  readonly path: string;
  /** Records that an earlier run had taken. */
  readonly skipped: number;
  readonly reasons: ReadonlyMap<string, number>;
  /** False when the command was stopped before the end. */
  readonly complete: boolean;
}

/** Takes every record of a source: validates it, sends it or writes down why not, keeps the place. */
export async function ingestSource(
  source: Source,
  options: IngestOptions,
  terminal: Terminal,
): Promise<SourceOutcome> {
  const { producer, rejects, cursorFile, progress, stream, begun } = options;
  const skipped = begun?.records ?? 0;
  const reasons = new Map<string, number>();
  let records = 0;
  let accepted = 0;
  let rejected = 0;
  const outcome = (complete: boolean): SourceOutcome => ({
    path: source.path,
    records,
    skipped,
    accepted: (begun?.accepted ?? 0) + accepted,
    rejected: (begun?.rejected ?? 0) + rejected,
    reasons,
    complete,
  });
  const keepPlace = async (): Promise<void> => {
    await producer?.flush();
    await rejects.flush();
    const { records: taken, accepted: sent, rejected: refused } = outcome(false);
    if (cursorFile !== undefined)
      await writeCursor(cursorFile, source, stream, { records: taken, accepted: sent, rejected: refused });
  };

  for await (const lot of await readSource(source, inventoryEventSchema, terminal)) {
    for (const item of lot) {
      if (terminal.signal.aborted) {
        await keepPlace();
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
      if (records % recordsPerPlace === 0) await keepPlace();
    }
    progress.update(records, producer === undefined ? '' : producerNote(producer.stats()));
  }
  await producer?.flush();
  await rejects.flush();
  if (cursorFile !== undefined) await removeCursor(cursorFile);
  return outcome(true);

  function accept(item: SourceItem): InventoryEvent | null {
    const refuse = (issues: Parameters<typeof rejectOf>[3]): null => {
      const reject = rejectOf(source.path, item.line, item.text, issues);
      rejects.add(reject);
      reasons.set(reject.code, (reasons.get(reject.code) ?? 0) + 1);
      return null;
    };
    if (item.problem !== undefined) return refuse([{ ...item.problem, path: [] }]);
    let value = item.value;
    if (value === undefined) {
      try {
        value = JSON.parse(item.text);
      } catch (error) {
        return refuse([
          {
            code: 'MALFORMED_JSON',
            path: [],
            message: error instanceof Error ? error.message : String(error),
          },
        ]);
      }
    }
    const result = validateInventoryEvent(value);
    return result.ok ? result.value : refuse(result.issues);
  }
}
