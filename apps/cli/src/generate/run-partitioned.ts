import { resolve } from 'node:path';
import { stat } from 'node:fs/promises';
import { anyWorldOf } from '../inventory/world.js';
import type { GenerateFlags } from './flags.js';
import { formatBytes, formatCount, formatDuration, plural } from '../output/format.js';
import { createProgress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { whileThere } from '../local/while-there.js';
import { interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { csvPartitions, ndjsonPartitions, createPartitionFolder, type PartitionBy } from './partitions.js';

/** Writes a world into a folder with a subfolder for each day or hour. */
export async function runPartitioned(
  flags: GenerateFlags,
  format: 'ndjson' | 'csv' | 'parquet',
  by: PartitionBy,
  terminal: Terminal,
): Promise<void> {
  const startedAt = performance.now();
  const { world, schema } = anyWorldOf(flags);
  // Shards of one world can share the folder: each has a name of its own.
  const { index, count } = flags.shard ?? { index: 0, count: 1 };
  const name = `${count === 1 ? 'events' : `events-${index}-of-${count}`}.${format}`;
  const progress = createProgress(terminal, flags);
  const target = resolve(terminal.cwd, flags.output);
  const folder = await createPartitionFolder(target, by, name);
  let [events, bytes] = [0, 0];
  const partitions = await whileThere(target, async (): Promise<number> => {
    try {
      progress.step(`Generating ${format}`);
      const parts =
        format === 'csv'
          ? csvPartitions(world, schema, by, flags.csvRaw === true)
          : ndjsonPartitions(world, by);
      for (const part of parts) {
        if (terminal.signal.aborted)
          throw interruption(terminal.signal, `${formatCount(events)} events were made; no file was kept.`);
        await folder.write(part.partition, part.lines);
        events += part.events;
        bytes += part.lines.length;
        progress.update(events, formatBytes(bytes));
      }
      progress.end();
      const files = await folder.files();
      if (format === 'parquet') {
        progress.step('Writing Parquet');
        const { toParquet } = await import('./to-parquet.js');
        await toParquet(
          files.map(({ written }) => written),
          schema,
        );
        progress.end();
        const sizes = await Promise.all(files.map(async ({ written }) => (await stat(written)).size));
        bytes = sizes.reduce((sum, size) => sum + size, 0);
      }
      await folder.commit();
      return files.length;
    } catch (error) {
      progress.end('failed');
      throw error;
    } finally {
      await folder.discard();
    }
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (flags.json === true) {
    const made = { folder: target, format, partitionedBy: by, partitions, events, bytes, seconds };
    await writeJson(terminal.stdout, made);
  } else if (flags.quiet !== true) {
    await writeOut(
      terminal.stdout,
      `${plural(events, 'event')}, ${formatBytes(bytes)} to ${plural(partitions, 'partition')} in ${flags.output} in ${formatDuration(seconds * 1000)}\n`,
    );
  }
}
