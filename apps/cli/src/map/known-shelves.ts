import { createInstantReader, createShelfTable, type ShelfTable } from '@store/intake';
import type { Source } from '../ingest/find-sources.js';
import { mappedEvents } from '../ingest/record-events.js';
import { openSource } from '../ingest/open-source.js';
import type { ReadingOptions } from '../ingest/reading.js';
import { defaultDataDir, names } from '../inventory/names.js';
import { openLake } from '../query/open-lake.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import type { Terminal } from '../terminal/terminal.js';
import type { OpenMapping } from './open-mapping.js';

/** Records that are looked through for the first event of a source. */
const RECORDS_TRIED = 10_000;

/** Whether a mapping has counts, which need to know the stock before them. */
export const hasCounts = ({ documents }: OpenMapping): boolean =>
  documents.some(({ mode }) => mode === 'snapshot');

/**
 * Returns what the lake knows of the shelves before the first event of a source, for a mapping of counts; nothing for one of
 * events. A source that is sent twice is then counted from the same stock both times, whatever came in between.
 *
 * @throws CliError `QUERY_FAILED` when the lake cannot be asked
 */
export async function knownShelves(
  source: Source,
  map: OpenMapping,
  reading: ReadingOptions,
  terminal: Terminal,
): Promise<ShelfTable | undefined> {
  if (!hasCounts(map)) return undefined;
  return shelvesBefore(
    (await firstTime(source, map, reading, terminal)) ?? new Date().toISOString(),
    terminal,
  );
}

/**
 * Returns what the lake knows of the shelves before an instant.
 *
 * @throws CliError `QUERY_FAILED` when the lake cannot be asked
 */
export async function shelvesBefore(before: string, terminal: Terminal): Promise<ShelfTable> {
  const shelves = createShelfTable();
  const instant = createInstantReader({ zone: 'UTC' });
  const lake = await openLake({ data: defaultDataDir, athena: true }, terminal);
  try {
    await lake.stream(
      sqlOfShelves(before),
      {
        columns: () => undefined,
        rows(rows) {
          for (const [store, product, time, stock, sequence, delta] of rows) {
            const timeMs = instant(String(time));
            if (typeof timeMs === 'string') continue;
            const known = { timeMs, stock: Number(stock), sequence: Number(sequence), delta: Number(delta) };
            shelves.set(String(store), String(product), known);
          }
        },
      },
      { signal: terminal.signal },
    );
  } catch (error) {
    if (terminal.signal.aborted) throw error;
    const { message } = explainError(error);
    throw new CliError(
      'QUERY_FAILED',
      `The last stock of the shelves cannot be read from the lake: ${message}`,
      {
        cause: error,
        fix: 'With --last-known none, the first count of each shelf changes nothing.',
      },
    );
  } finally {
    await lake.close();
  }
  return shelves;
}

/** The time of the source's first event; its own time where the mapping has none, and undefined for what can be read once. */
async function firstTime(
  source: Source,
  { mapping, documents }: OpenMapping,
  reading: ReadingOptions,
  terminal: Terminal,
): Promise<string | undefined> {
  const { modifiedMs } = source;
  if (modifiedMs === undefined) return undefined;
  if (documents.every(({ fields }) => fields.event_time === undefined))
    return new Date(modifiedMs).toISOString();
  const events = mappedEvents(mapping, modifiedMs);
  const opened = await openSource(source, { ...reading, ...events.reading }, terminal);
  try {
    let tried = 0;
    for await (const lot of opened.lots) {
      for (const { value, problem, line } of lot) {
        const [event] = problem === undefined ? events.read(value, line).events : [];
        if (event !== undefined) return event.event_time;
        tried++;
        if (tried >= RECORDS_TRIED) return undefined;
      }
    }
    return undefined;
  } finally {
    await opened.close();
  }
}

/** The same on DuckDB and on Athena. */
const sqlOfShelves = (
  before: string,
): string => `select store_id, product_id, event_time, current_stock, sequence, quantity_delta from (
  select store_id, product_id, event_time, current_stock, sequence, quantity_delta, row_number() over (
    partition by store_id, product_id order by event_time desc, sequence desc, event_id desc
  ) as place
  from ${names.table}
  where event_time < timestamp '${before.slice(0, 10)} ${before.slice(11, 23)}'
) as ranked
where place = 1`;
