import type { TableSchema } from '@store/glue-schema';
import { createReadStream } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { createGunzip } from 'node:zlib';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { textChunks, type SourceItems } from './sources/source-item.js';
import { csvItems } from './sources/csv-items.js';
import { jsonItems } from './sources/json-items.js';
import { ndjsonItems } from './sources/ndjson-items.js';

/** Forms in which real events may come. */
export type SourceFormat = 'ndjson' | 'json' | 'csv' | 'parquet';

/** One file to read, or standard input. */
export interface Source {
  /** Absolute path, or `-`. */
  readonly path: string;
  readonly format: SourceFormat;
  readonly gzip: boolean;
  /** Undefined for standard input. */
  readonly bytes?: number;
  readonly modifiedMs?: number;
}

const byEnding: Readonly<Record<string, SourceFormat>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.csv': 'csv',
  '.parquet': 'parquet',
};

/** The files that an argument means: itself, standard input, or the files in the folder, by name. */
export async function findSources(
  argument: string,
  format: SourceFormat | undefined,
  { cwd }: Terminal,
): Promise<Source[]> {
  if (argument === '-') {
    if (format === 'parquet')
      throw new CliError('USAGE', 'Expected a file: Parquet cannot be read from standard input.');
    return [{ path: '-', format: format ?? 'ndjson', gzip: false }];
  }
  const path = resolve(cwd, argument);
  const found = await stat(path);
  if (!found.isDirectory()) return [await sourceAt(path, format)];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && formatOf(entry.name) !== undefined)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) {
    throw new CliError(
      'NO_SOURCE',
      `The folder ${path} holds no .ndjson, .jsonl, .json, .csv or .parquet file.`,
      { fix: 'Name another folder, or a file with --format.' },
    );
  }
  return Promise.all(files.map(async (file) => sourceAt(file, format)));
}

async function sourceAt(path: string, wanted: SourceFormat | undefined): Promise<Source> {
  const { size, mtimeMs } = await stat(path);
  let format = wanted ?? formatOf(path);
  if (format === undefined) {
    throw new CliError(
      'USAGE',
      `Expected ${path} to end in .ndjson, .jsonl, .json, .csv or .parquet, or --format.`,
    );
  }
  // A .json file is an array, one document, or one document a line: the first line tells.
  if (format === 'json' && wanted === undefined && !path.endsWith('.gz') && (await startsWithDocument(path)))
    format = 'ndjson';
  return { path, format, gzip: path.endsWith('.gz'), bytes: size, modifiedMs: mtimeMs };
}

const formatOf = (path: string): SourceFormat | undefined =>
  byEnding[extname(path.replace(/\.gz$/, '')).toLowerCase()];

async function startsWithDocument(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(65_536), 0, 65_536, 0);
    const [line = ''] = buffer.toString('utf8', 0, bytesRead).trimStart().split('\n', 1);
    if (!line.startsWith('{')) return false;
    JSON.parse(line);
    return true;
  } catch {
    // Not one document a line: the reader that finds where documents end will do.
    return false;
  } finally {
    await file.close();
  }
}

/** Reads the records of a source, a part at a time; columns of a table are read as the nearest schema has them. */
export async function readSource(
  source: Source,
  schemas: readonly [TableSchema, ...TableSchema[]],
  terminal: Terminal,
): Promise<SourceItems> {
  if (source.format === 'parquet') {
    const { parquetItems } = await import('./sources/parquet-items.js');
    return parquetItems(source.path, ...schemas);
  }
  const raw =
    source.path === '-' ? terminal.stdin : createReadStream(source.path, { highWaterMark: 1 << 20 });
  const text = textChunks(source.gzip ? raw.pipe(createGunzip()) : raw);
  if (source.format === 'csv') return csvItems(text, ...schemas);
  if (source.format === 'json') return jsonItems(text);
  return source.path === '-' ? eitherJson(text) : ndjsonItems(text);
}

/** Standard input has no name to go by: an array begins with a bracket, everything else is one document a line. */
async function* eitherJson(text: AsyncIterable<string>): SourceItems {
  const iterator = text[Symbol.asyncIterator]();
  let begun = '';
  while (begun.trim() === '') {
    const next = await iterator.next();
    if (next.done === true) break;
    begun += next.value;
  }
  const whole = joined(begun, iterator);
  yield* begun
    .trimStart()
    .replace(/^\ufeff/, '')
    .startsWith('[')
    ? jsonItems(whole)
    : ndjsonItems(whole);
}

async function* joined(begun: string, rest: AsyncIterator<string>): AsyncIterable<string> {
  yield begun;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
