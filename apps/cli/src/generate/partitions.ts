import { makeFolder } from '@store/durable';
import { appendFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { TableSchema } from '@store/glue-schema';
import type { World } from '@store/generator';
import type { InventoryEvent, WorkshopEvent } from '@store/schema';
import { csvLines } from './csv-lines.js';

/** The partition that a line belongs to: a day or an hour of UTC. */
export type PartitionBy = 'date' | 'datehour';

/** Events by partition, written to a folder as Hive, Athena, Spark and DuckDB read it: `datehour=2026-01-05-08/…`. */
export interface PartitionFolder {
  /** Adds lines to a partition. */
  write(partition: string, lines: Uint8Array): Promise<void>;
  /** Every partition's file as it was written, and the place where it belongs. */
  files(): Promise<{ readonly written: string; readonly final: string }[]>;
  /** Puts the files in their places; those that are there under the same names are replaced. */
  commit(): Promise<void>;
  /** Removes what was not put in its place. */
  discard(): Promise<void>;
}

/** Lines wait until there are this many bytes, so that each write is worth its call. */
const WAITING_BYTES = 4 << 20;

/** The value of a partition: `2026-01-05`, or with its hour `2026-01-05-08`. */
export function partitionOf(isoTime: string, by: PartitionBy): string {
  return by === 'date' ? isoTime.slice(0, 10) : `${isoTime.slice(0, 10)}-${isoTime.slice(11, 13)}`;
}

/**
 * Begins to fill a folder. Files are written in a hidden folder inside it and moved at the end, so that a reader sees
 * whole files only.
 *
 * @param name - the name of each partition's file
 */
export async function createPartitionFolder(
  folder: string,
  by: PartitionBy,
  name: string,
): Promise<PartitionFolder> {
  makeFolder(folder);
  const hidden = await mkdtemp(join(folder, '.partial-'));
  const waiting = new Map<string, Uint8Array[]>();
  /** Partitions that were written: one that is not there any more is no partition that never was. */
  const names = new Set<string>();
  let bytes = 0;
  const flush = async (): Promise<void> => {
    for (const [partition, lines] of waiting) {
      const folderName = `${by}=${partition}`;
      names.add(folderName);
      const path = join(hidden, folderName, name);
      makeFolder(dirname(path));
      await appendFile(path, Buffer.concat(lines));
    }
    waiting.clear();
    bytes = 0;
  };
  const files = async (): Promise<{ written: string; final: string }[]> => {
    await flush();
    return [...names].sort().map((partition) => ({
      written: join(hidden, partition, name),
      final: resolve(folder, partition, name),
    }));
  };
  return {
    async write(partition, lines) {
      const list = waiting.get(partition) ?? [];
      waiting.set(partition, list);
      list.push(lines);
      bytes += lines.length;
      if (bytes > WAITING_BYTES) await flush();
    },
    files,
    async commit() {
      for (const { written, final } of await files()) {
        makeFolder(dirname(final));
        await rename(written, final);
      }
    },
    async discard() {
      await rm(hidden, { recursive: true, force: true });
    },
  };
}

/** Lines of one partition. */
export interface PartitionLines {
  readonly partition: string;
  readonly lines: Buffer;
  readonly events: number;
}

const timeKey = Buffer.from('"event_time":"');
const epochKey = Buffer.from('"check_timestamp":');

/** The time of a line as ISO 8601, found without parsing the line; undefined where chaos has taken it away. */
function timeOf(line: Buffer): string | undefined {
  const at = line.indexOf(timeKey);
  if (at >= 0) {
    const text = line.toString('latin1', at + timeKey.length, at + timeKey.length + 13);
    return /^\d{4}-\d{2}-\d{2}T\d{2}$/.test(text) ? text : undefined;
  }
  const epochAt = line.indexOf(epochKey);
  if (epochAt < 0) return undefined;
  const seconds = Number.parseInt(line.toString('latin1', epochAt + epochKey.length, epochAt + 32), 10);
  return Number.isNaN(seconds) ? undefined : new Date(seconds * 1000).toISOString();
}

/**
 * The lines of a world, cut where the partition changes. A line whose time cannot be read goes with the line before
 * it, as it would in a stream.
 */
export function* ndjsonPartitions(
  world: Pick<World, 'ndjson' | 'startMs'>,
  by: PartitionBy,
): Generator<PartitionLines> {
  let partition = partitionOf(new Date(world.startMs).toISOString(), by);
  for (const chunk of world.ndjson({ lend: true })) {
    // Bytes valid until the next chunk: the queue of writes needs its own.
    const bytes = Buffer.from(chunk);
    let from = 0;
    let events = 0;
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(10, at) + 1;
      const time = timeOf(bytes.subarray(at, end));
      const next = time === undefined ? partition : partitionOf(time, by);
      if (next !== partition && at > from) {
        yield { partition, lines: bytes.subarray(from, at), events };
        from = at;
        events = 0;
      }
      partition = next;
      events++;
      at = end;
    }
    if (from < bytes.length) yield { partition, lines: bytes.subarray(from), events };
  }
}

/** The same as CSV; each partition begins with the header. */
export function* csvPartitions(
  world: World<InventoryEvent | WorkshopEvent>,
  schema: TableSchema,
  by: PartitionBy,
  raw: boolean,
): Generator<PartitionLines> {
  const { header, line } = csvLines(schema, raw);
  const begun = new Set<string>();
  let [partition, text, events] = ['', '', 0];
  for (const event of world.events()) {
    const time =
      'event_time' in event ? event.event_time : new Date(event.check_timestamp * 1000).toISOString();
    const next = partitionOf(time, by);
    if (events > 0 && (next !== partition || text.length > 65_536)) {
      yield { partition, lines: Buffer.from(text), events };
      [text, events] = ['', 0];
    }
    partition = next;
    if (!begun.has(next)) {
      begun.add(next);
      text += header;
    }
    text += line(event);
    events++;
  }
  if (events > 0) yield { partition, lines: Buffer.from(text), events };
}
