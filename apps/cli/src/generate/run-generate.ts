import type { TableSchema } from '@store/glue-schema';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, extname, join, resolve } from 'node:path';
import { anyWorldOf } from '../inventory/world.js';
import type { GenerateFlags } from './flags.js';
import { formatBytes, formatCount, formatDuration, plural } from '../output/format.js';
import { createProgress, type Progress } from '../output/progress.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import { looksLikeFolder } from '../terminal/platform.js';
import type { Terminal } from '../terminal/terminal.js';
import { csvLines } from './csv-lines.js';
import { createOutputFile, isStandardOutput, type OutputFile } from '../local/output-file.js';
import { whileThere } from '../local/while-there.js';

type Format = NonNullable<GenerateFlags['format']>;
type Sink = (chunk: string | Uint8Array) => Promise<void>;

/** What was made. */
interface Made {
  readonly events: number;
  readonly bytes: number;
}

/** Runs `store generate`. */
export async function runGenerate(flags: GenerateFlags, terminal: Terminal): Promise<void> {
  if (flags.plot !== undefined) {
    const { runPlot } = await import('./plot/run-plot.js');
    return runPlot(flags, terminal);
  }
  if (flags.series !== undefined)
    throw new CliError('USAGE', 'Expected --plot with --series: it names what is drawn.');
  const format = formatOf(flags);
  const toStdout = flags.output === '-' || isStandardOutput(flags.output);
  if (flags.partitionBy !== undefined) {
    if (toStdout) throw new CliError('USAGE', 'Expected --output FOLDER with --partition-by.');
    const { runPartitioned } = await import('./run-partitioned.js');
    return runPartitioned(flags, format, flags.partitionBy, terminal);
  }
  if (looksLikeFolder(flags.output))
    throw new CliError('USAGE', 'Expected --partition-by date or datehour with a folder as --output.');
  if (toStdout && format === 'parquet' && terminal.stdout.isTTY === true)
    throw new CliError('USAGE', 'Expected --output FILE: Parquet is no text to print.');
  if (toStdout && flags.json === true)
    throw new CliError('USAGE', 'Expected --output FILE with --json: standard output holds the events.');
  const startedAt = performance.now();
  if (toStdout && format === 'parquet') {
    await parquetToStdout(flags, terminal);
    return;
  }
  if (toStdout) {
    // The generator lends its bytes and overwrites them; a pipe may still hold them by then.
    await write(
      flags,
      format,
      async (chunk) => writeOut(terminal.stdout, typeof chunk === 'string' ? chunk : Uint8Array.from(chunk)),
      terminal,
    );
    return;
  }
  const path = resolve(terminal.cwd, flags.output);
  const progress = createProgress(terminal, flags);
  const file = await createOutputFile(path);
  if (format === 'parquet' && file.path === path) {
    await file.discard();
    throw new CliError(
      'USAGE',
      'Expected --output to be a file: Parquet is not written to a device or a pipe.',
    );
  }
  const made = await whileThere(dirname(path), async (): Promise<Made> => {
    try {
      progress.step(`Generating ${format}`);
      let all = await write(flags, format, async (chunk) => file.write(chunk), terminal, progress);
      progress.end();
      if (format === 'parquet') {
        progress.step('Writing Parquet');
        all = { ...all, bytes: await finishParquet(file, flags) };
        progress.end();
      }
      await file.commit();
      return all;
    } catch (error) {
      progress.end('failed');
      throw error;
    } finally {
      await file.discard();
    }
  });
  const seconds = (performance.now() - startedAt) / 1000;
  if (flags.json === true) await writeJson(terminal.stdout, { file: path, format, ...made, seconds });
  else if (flags.quiet !== true) {
    await writeOut(
      terminal.stdout,
      `${plural(made.events, 'event')}, ${formatBytes(made.bytes)} to ${flags.output} in ${formatDuration(seconds * 1000)}\n`,
    );
  }
}

function formatOf({ format, output }: GenerateFlags): Format {
  if (format !== undefined) return format;
  const ending = extname(output);
  if (ending === '.csv') return 'csv';
  return ending === '.parquet' ? 'parquet' : 'ndjson';
}

async function write(
  flags: GenerateFlags,
  format: Format,
  sink: Sink,
  { signal }: Terminal,
  progress?: Progress,
): Promise<Made> {
  const { world, schema } = anyWorldOf(flags);
  let events = 0;
  let bytes = 0;
  // Each chunk is written before the next is asked for.
  const lines = format === 'csv' ? undefined : world.ndjson({ lend: true });
  const chunks = lines ?? csvChunks(world.events(), schema, flags.csvRaw === true);
  for (const chunk of chunks) {
    if (signal.aborted) {
      throw interruption(signal, `${formatCount(events)} events were made; the file was not kept.`);
    }
    await sink(chunk);
    const length = typeof chunk === 'string' ? Buffer.byteLength(chunk) : chunk.byteLength;
    events += typeof chunk === 'string' ? 0 : countLines(chunk);
    bytes += length;
    progress?.update(events, formatBytes(bytes));
  }
  return { events: format === 'csv' ? events - 1 : events, bytes };
}

/** Lines in chunks of this many characters, so that each write is worth its call. */
const chunkChars = 65_536;

function* csvChunks(events: Iterable<object>, schema: TableSchema, raw: boolean): Iterable<Uint8Array> {
  const { header, line } = csvLines(schema, raw);
  let text = header;
  for (const event of events) {
    text += line(event);
    if (text.length < chunkChars) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
}

/** Turns what was written into Parquet, under the same name; gives its bytes. */
async function finishParquet(file: OutputFile, flags: GenerateFlags): Promise<number> {
  const { toParquet } = await import('./to-parquet.js');
  // It puts another file in the place of this one.
  await file.close();
  await toParquet([file.path], anyWorldOf(flags).schema);
  return (await stat(file.path)).size;
}

/** Parquet has its table of contents at its end, so that it is complete before the first byte goes out. */
async function parquetToStdout(flags: GenerateFlags, terminal: Terminal): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'store-generate-'));
  try {
    const file = await createOutputFile(join(folder, 'events.parquet'));
    try {
      await write(flags, 'parquet', async (chunk) => file.write(chunk), terminal);
      await finishParquet(file, flags);
      for await (const chunk of createReadStream(file.path)) {
        // A stream without an encoding gives buffers only.
        await writeOut(terminal.stdout, chunk as Uint8Array);
      }
    } finally {
      await file.discard();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Line breaks in UTF-8 bytes: no other character holds the byte. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
