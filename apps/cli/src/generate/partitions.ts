import { appendFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

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
  await mkdir(folder, { recursive: true });
  const hidden = await mkdtemp(join(folder, '.partial-'));
  const waiting = new Map<string, Uint8Array[]>();
  let bytes = 0;
  const flush = async (): Promise<void> => {
    for (const [partition, lines] of waiting) {
      const path = join(hidden, `${by}=${partition}`, name);
      await mkdir(dirname(path), { recursive: true });
      await appendFile(path, Buffer.concat(lines));
    }
    waiting.clear();
    bytes = 0;
  };
  const files = async (): Promise<{ written: string; final: string }[]> => {
    await flush();
    const partitions = (await readdir(hidden)).sort();
    return partitions.map((partition) => ({
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
        await mkdir(dirname(final), { recursive: true });
        await rename(written, final);
      }
    },
    async discard() {
      await rm(hidden, { recursive: true, force: true });
    },
  };
}
