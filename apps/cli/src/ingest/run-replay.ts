import { syncFile } from '@store/durable';
import {
  IntakeError,
  readReject,
  RecordSource,
  type Mapping,
  type Reject,
  type ShelfTable,
  type SourceItem,
} from '@store/intake';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createInventoryProducer, deliveryReport, withAgain } from '../inventory/producer.js';
import type { CommonFlags } from '../options/common-options.js';
import { hasCounts, shelvesBefore } from '../map/known-shelves.js';
import { openMapping, type OpenMapping } from '../map/open-mapping.js';
import { createProgress } from '../output/progress.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { printSummary } from './ingest-summary.js';
import { parseMaxRejects, tooManyRejects } from './max-rejects.js';
import { named } from './open-source.js';
import { mappedEvents, ownEvents, type RecordEvents } from './record-events.js';
import { RecordRun, type RecordOrigin } from './record-run.js';
import { RejectFile } from './reject-file.js';
import { TableRanges } from './table-range.js';

/** Flags of `store replay`. */
export interface ReplayFlags extends CommonFlags {
  readonly stream: string;
  readonly map?: string;
  readonly maxRejects?: string;
  readonly tableRange?: string;
  readonly lastKnown?: 'lake' | 'none';
  readonly dryRun?: boolean;
}

/** Rejects that are read together. */
const REJECTS_AT_ONCE = 500;

/**
 * Runs `store replay`: reads each reject's raw text again, sends what is an event now, and leaves the rest in the file. The
 * file is replaced once everything is acknowledged, so that a replay that was cut off is done again; events have the ids
 * that they had, so that twice is as good as once.
 */
export async function runReplay(argument: string, flags: ReplayFlags, terminal: Terminal): Promise<void> {
  const startedAt = performance.now();
  const path = resolve(terminal.cwd, argument);
  const maxRejects = parseMaxRejects(flags.maxRejects);
  const ranges = new TableRanges(flags.tableRange, flags.dryRun === true, terminal);
  const map = flags.map === undefined ? undefined : await openMapping(flags.map, terminal.cwd);
  const needsShelves = flags.dryRun !== true && flags.lastKnown !== 'none';
  const before = map !== undefined && needsShelves ? await firstCount(path, map) : undefined;
  const shelves = before === undefined ? undefined : await shelvesBefore(before, terminal);
  const file = await open(path);
  const progress = createProgress(terminal, flags);
  progress.step(path);
  const producer = flags.dryRun === true ? undefined : createInventoryProducer(flags, terminal);
  const next = `${path}.next`;
  await rm(next, { force: true });
  const rejects = new RejectFile(next);
  const run = new RecordRun({ producer, ranges, rejects });
  const origins = new Origins(map?.mapping, shelves);
  try {
    let lineNumber = 0;
    let batch: { readonly origin: RecordOrigin; readonly items: SourceItem[] } | undefined;
    for await (const line of file.readLines()) {
      lineNumber++;
      if (terminal.signal.aborted) break;
      if (line.trim() === '') continue;
      const reject = readReject(line, lineNumber);
      const origin = origins.of(reject);
      if (batch !== undefined && (batch.origin !== origin || batch.items.length >= REJECTS_AT_ONCE)) {
        await run.take(batch.items, batch.origin);
        batch = undefined;
        progress.update(run.items);
      }
      batch ??= { origin, items: [] };
      batch.items.push(...itemsOf(reject, origin.events));
    }
    if (batch !== undefined && !terminal.signal.aborted) await run.take(batch.items, batch.origin);
    await producer?.close();
    await rejects.close();
    progress.end();
    if (flags.dryRun === true || terminal.signal.aborted) await rm(next, { force: true });
    else if (run.rejected + run.parts === 0) await rm(path);
    else {
      await rename(next, path);
      await syncFile(path);
    }
  } catch (error) {
    progress.end('failed');
    await producer?.abort();
    await rejects.close();
    await rm(next, { force: true });
    if (error instanceof IntakeError) throw named(error, path);
    throw withAgain(
      error,
      'Then run it again: the file is as it was, and events that come twice have the same event_id.',
    );
  } finally {
    await file.close();
  }
  const { accepted, rejected, passedOver, events, outside, hours, reasons } = run;
  const records = run.items - run.parts;
  const taken = {
    path,
    records,
    takenBefore: 0,
    accepted,
    rejected,
    passedOver,
    events,
    outside,
    hours,
    reasons,
  };
  const seconds = (performance.now() - startedAt) / 1000;
  await printSummary(
    {
      taken: [
        {
          ...taken,
          bytes: undefined,
          mayRepeat: false,
          complete: !terminal.signal.aborted,
          rejectFile: path,
        },
      ],
      refused: [],
      stats: producer?.stats(),
      seconds,
      isReplay: true,
    },
    flags,
    terminal,
  );
  if (terminal.signal.aborted) {
    const delivered = producer === undefined ? 'Nothing was sent.' : deliveryReport(producer.stats());
    throw interruption(
      terminal.signal,
      `${delivered} The file of rejects is as it was; the same command sends it again.`,
    );
  }
  const failure = tooManyRejects(maxRejects, records, rejected, [path], flags);
  if (failure !== undefined) throw failure;
}

/** The time of the earliest event that rejects become by a mapping of counts; undefined for any other, and without one. */
async function firstCount(path: string, map: OpenMapping): Promise<string | undefined> {
  if (!hasCounts(map)) return undefined;
  const origins = new Origins(map.mapping);
  let first: string | undefined;
  let lineNumber = 0;
  const file = await open(path);
  try {
    for await (const line of file.readLines()) {
      lineNumber++;
      if (line.trim() === '') continue;
      const reject = readReject(line, lineNumber);
      const { events } = origins.of(reject);
      for (const { value, problem, line: at } of itemsOf(reject, events)) {
        if (problem !== undefined) continue;
        for (const { event_time } of events.read(value, at).events)
          if (first === undefined || event_time < first) first = event_time;
      }
    }
  } catch (error) {
    if (error instanceof IntakeError) throw named(error, path);
    throw withAgain(
      error,
      'Then run it again: the file is as it was, and events that come twice have the same event_id.',
    );
  } finally {
    await file.close();
  }
  return first;
}

/** What rejects of one source and one header have in common. */
class Origins {
  readonly #known = new Map<string, RecordOrigin>();
  readonly #mapping: Mapping | undefined;
  readonly #shelves: ShelfTable | undefined;

  /** @param shelves - what counts begin with; what is counted is written into it */
  constructor(mapping: Mapping | undefined, shelves?: ShelfTable) {
    this.#mapping = mapping;
    this.#shelves = shelves;
  }

  of({ source, format, columns, delimiter, encoding, asOfMs }: Reject): RecordOrigin {
    const facts = {
      format,
      ...(columns === undefined ? {} : { columns }),
      ...(delimiter === undefined ? {} : { delimiter }),
      ...(encoding === undefined ? {} : { encoding }),
      ...(asOfMs === undefined ? {} : { asOfMs }),
    };
    const key = JSON.stringify([source, facts]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const events =
      this.#mapping === undefined ? ownEvents() : mappedEvents(this.#mapping, asOfMs, this.#shelves);
    const origin = { path: source, events, facts: () => facts, takenBefore: 0 };
    this.#known.set(key, origin);
    return origin;
  }
}

/** Reads the raw text of a reject as its source was read; a part of a record that is too long stays what it is. */
function itemsOf(reject: Reject, events: RecordEvents): SourceItem[] {
  const { line, raw, base64, code, message, continues, cut, format, columns = [], delimiter = ',' } = reject;
  const asItWas: SourceItem = {
    line,
    raw,
    problem: { code, message },
    ...(continues ? { continues } : {}),
    ...(cut ? { cut } : {}),
  };
  if (code === 'RECORD_TOO_LONG' || base64 === true || raw === '') return [asItWas];
  const source = new RecordSource({
    format,
    encoding: 'utf-8',
    ...(format === 'csv' ? { delimiter } : {}),
    ...events.reading,
  });
  const header =
    format === 'csv' ? `${columns.map((name) => `"${name.replaceAll('"', '""')}"`).join(delimiter)}\n` : '';
  let items: readonly SourceItem[];
  try {
    items = [...source.push(Buffer.from(`${header}${raw}`)), ...source.end()];
  } catch (error) {
    // The header of a file that was joined to another may be of another form: the rest of the rejects is read.
    if (!(error instanceof IntakeError) || code !== 'HEADER_CHANGED') throw error;
    return [{ ...asItWas, problem: { code, message: error.message } }];
  }
  const [first] = items;
  // One record went in; whatever else is read of it is no record of the source.
  return items.length === 1 && first !== undefined ? [{ ...first, line, raw }] : [asItWas];
}
