import { IntakeError, RecordSource, StrictDecoder, type SourceItem } from '@store/intake';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { damagedGzip } from '../local/temporary-copy.js';
import { CliError } from '../terminal/errors.js';
import { shellWord } from '../terminal/printed-command.js';
import { inputOf, type Terminal } from '../terminal/terminal.js';
import type { Source } from './find-sources.js';
import type { OpenSource, ReadingOptions } from './reading.js';
import { sourceFile, type SourceFile } from './source-file.js';
import { formatOfHead, type SourceFormat } from './source-format.js';

/**
 * Bytes that are read at a time: what a lot of records takes dies young. With 1 MiB a row costs twice as much
 * or more, most of it the collector's (bench/ingest.bench.ts).
 */
const CHUNK_BYTES = 1 << 16;
/** Bytes by which standard input without `--format` is known. */
const HEAD_BYTES = 4096;

/**
 * Opens a source, and unpacks it where that takes a file: it is there until the source is closed. A file of text is read
 * twice, so that one that is no text is refused before anything of it is sent.
 */
export async function openSource(
  source: Source,
  options: ReadingOptions,
  terminal: Terminal,
): Promise<OpenSource> {
  const { path } = source;
  if (path === '-') {
    const close = async (): Promise<void> => Promise.resolve();
    return { ...openText(standardInput(terminal), source, options), close };
  }
  const opened = await sourceFile(source, terminal.signal);
  try {
    const { format, file, remove } = opened;
    if (format === 'xlsx') {
      const { openWorkbook } = await import('./sources/xlsx-source.js');
      return { ...(await openWorkbook(file, path, options)), format, close: remove };
    }
    if (format === 'parquet') {
      const { openParquet } = await import('./sources/parquet-source.js');
      const { close, ...rows } = await openParquet(file, path, options);
      return {
        ...rows,
        format,
        async close() {
          close();
          await remove();
        },
      };
    }
    await checkText(opened, path, options.encoding, terminal.signal);
    return { ...openText(bytesOf(opened, path), { path, format }, options), close: remove };
  } catch (error) {
    await opened.remove();
    throw error;
  }
}

/** What is read of a source; whoever opens it adds how it is closed. */
type OpenRecords = Omit<OpenSource, 'close'>;

function openText(
  bytes: AsyncIterable<Uint8Array>,
  source: { readonly path: string; readonly format: SourceFormat | undefined },
  options: ReadingOptions,
): OpenRecords {
  const { encoding, delimiter, skip, onHeader, readText } = options;
  let records: RecordSource | undefined;
  const opened = (head: Uint8Array): RecordSource => {
    const format = source.format ?? formatOfHead(Buffer.from(head), 'Standard input').format;
    if (format === 'parquet' || format === 'xlsx')
      throw new CliError('USAGE', `Expected text: ${format} cannot be read from standard input.`, {
        fix: 'Write it into a file, and name that.',
      });
    // Of what is there to be read again, no copy of a record without end is made.
    const longRecords = source.path === '-' ? 'keep' : 'cut';
    return new RecordSource({ format, encoding, delimiter, skip, onHeader, readText, longRecords });
  };
  async function* lots(): AsyncIterable<readonly SourceItem[]> {
    let failure: IntakeError | undefined;
    for await (const chunk of bytes) {
      if (failure !== undefined) {
        yield [{ ...noText(failure, chunk), continues: true }];
        continue;
      }
      records ??= opened(chunk);
      try {
        yield records.push(chunk);
      } catch (error) {
        // A file was looked at before; of a pipe, what is before the failure may be sent, and the rest comes only once.
        const isOnce = source.path === '-' && records.account().recordChars > 0;
        if (!(error instanceof IntakeError) || !isOnce) throw error;
        failure = error;
        const { items, bytes: held } = records.abandon();
        yield [...items, noText(error, Buffer.concat([held, chunk]))];
      }
    }
    if (records !== undefined && failure === undefined) yield records.end();
  }
  return {
    format: source.format,
    lots: lots(),
    facts: () => ({
      ...(records?.header === undefined
        ? { format: 'json' }
        : { format: 'csv', columns: records.header, delimiter: records.delimiter ?? ',' }),
      encoding: records?.encoding ?? 'utf-8',
    }),
    bytes: () => records?.account().bytes ?? 0,
  };
}

/** Bytes that are no text, from the piece on in which the first of them is. */
function noText({ code, message, line = 1 }: IntakeError, bytes: Uint8Array): SourceItem {
  const raw = Buffer.from(bytes).toString('base64');
  return { line, raw, base64: true, problem: { code, message } };
}

function bytesOf({ file, gzip }: SourceFile, path: string): AsyncIterable<Uint8Array> {
  return gzip ? unpacked(createReadStream(file, { highWaterMark: CHUNK_BYTES }), path) : piecesOf(file);
}

/** Reads a file into the same memory again and again: who reads a piece has made text of it before asking for the next. */
async function* piecesOf(path: string): AsyncIterable<Uint8Array> {
  const file = await open(path);
  try {
    const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* unpacked(raw: AsyncIterable<Uint8Array>, path: string): AsyncIterable<Uint8Array> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // What goes wrong before or in the unpacking ends the reading of its output.
  const fed = pipeline(raw, gunzip, { end: true }).catch(() => undefined);
  try {
    for await (const chunk of gunzip) if (chunk instanceof Uint8Array) yield chunk;
    await fed;
  } catch (error) {
    throw damagedGzip(path, error);
  }
}

/** Standard input, unpacked where it is compressed; its first piece is long enough to know its form by. */
async function* standardInput(terminal: Terminal): AsyncIterable<Uint8Array> {
  const begun: Buffer[] = [];
  let length = 0;
  const pieces = (async function* (): AsyncIterable<Uint8Array> {
    for await (const piece of inputOf(terminal)) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece) : piece;
      if (length >= HEAD_BYTES) {
        yield bytes;
        continue;
      }
      begun.push(bytes);
      length += bytes.length;
      if (length >= HEAD_BYTES) yield Buffer.concat(begun);
    }
    if (length < HEAD_BYTES) yield Buffer.concat(begun);
  })();
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) return;
  const isPacked = formatOfHead(Buffer.from(first.value), 'Standard input').gzip;
  const all = (async function* (): AsyncIterable<Uint8Array> {
    yield first.value;
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value;
  })();
  yield* isPacked ? unpacked(all, 'Standard input') : all;
}

async function checkText(
  file: SourceFile,
  path: string,
  encoding: string | undefined,
  signal: AbortSignal,
): Promise<void> {
  const decoder = new StrictDecoder(encoding);
  try {
    for await (const chunk of bytesOf(file, path)) {
      signal.throwIfAborted();
      decoder.check(chunk);
    }
    decoder.end();
  } catch (error) {
    throw error instanceof IntakeError ? named(error, path) : error;
  }
}

/** What is wrong with a source as a whole, with its name. */
export function named(error: IntakeError, path: string): CliError {
  const name = path === '-' ? 'Standard input' : path;
  return new CliError('BAD_SOURCE', `${name}: ${error.message}`, {
    cause: error,
    // The library that reads records knows no path.
    ...(error.fix === undefined
      ? {}
      : { fix: error.fix.replace('suggest FILE', `suggest ${shellWord(path)}`) }),
  });
}
