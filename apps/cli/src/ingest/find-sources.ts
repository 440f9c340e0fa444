import { readdir, stat } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { fetchObjects, isS3Address } from './s3-objects.js';
import { unpackedCopy, type TemporaryCopy } from '../local/unpacked-copy.js';
import { formatOfContent, type SourceFormat } from './source-format.js';

/** One file to read, or standard input. */
export interface Source {
  /** What people call it, and what a place is kept for: absolute path, `s3://` address, or `-`. */
  readonly path: string;
  /** Where its bytes lie: the same, or a copy on this machine. */
  readonly file: string;
  /** Undefined for standard input without `--format`: its first bytes tell. */
  readonly format: SourceFormat | undefined;
  readonly gzip: boolean;
  /** Undefined for standard input. */
  readonly bytes?: number;
  readonly modifiedMs?: number;
}

/** Sources, and what is to be done when they are read. */
export interface FoundSources {
  readonly sources: readonly Source[];
  /** Removes copies. */
  release(): Promise<void>;
}

const byEnding: Readonly<Record<string, SourceFormat | 'text'>> = {
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.json': 'json',
  '.csv': 'csv',
  '.tsv': 'csv',
  '.tab': 'csv',
  '.txt': 'text',
  '.parquet': 'parquet',
  '.xlsx': 'xlsx',
};
const endings = Object.keys(byEnding).join(', ');

/** The files that an argument means: itself, standard input, an object in S3, or those in the folder, by name. */
export async function findSources(
  argument: string,
  format: SourceFormat | undefined,
  terminal: Terminal,
): Promise<FoundSources> {
  if (argument === '-') {
    if (format === 'parquet' || format === 'xlsx') {
      const name = format === 'parquet' ? 'Parquet' : 'Excel';
      throw new CliError('USAGE', `Expected a file: ${name} cannot be read from standard input.`);
    }
    return kept([{ path: '-', file: '-', format, gzip: false }]);
  }
  if (isS3Address(argument)) {
    const { objects, release } = await fetchObjects(argument, (key) => isKnown(key), terminal);
    try {
      const sources = [];
      for (const { address, file, modifiedMs } of objects)
        sources.push({ ...(await sourceAt(file, format, address)), modifiedMs });
      return await unpacked({ sources, release });
    } catch (error) {
      await release();
      throw error;
    }
  }
  const path = resolve(terminal.cwd, argument);
  const found = await stat(path);
  if (!found.isDirectory()) return unpacked(kept([await sourceAt(path, format)]));
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.') && isKnown(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length === 0) {
    throw new CliError('NO_SOURCE', `The folder ${path} holds no file that ends in ${endings}.`, {
      fix: 'Name another folder, or a file with --format.',
    });
  }
  return unpacked(kept(await Promise.all(files.map(async (file) => sourceAt(file, format)))));
}

const kept = (sources: readonly Source[]): FoundSources => ({
  sources,
  release: () => Promise.resolve(),
});

/** Unpacks copies of those that are read as files, and not piece by piece. */
async function unpacked(found: FoundSources): Promise<FoundSources> {
  const copies: TemporaryCopy[] = [];
  const releaseAll = async (): Promise<void> => {
    for (const copy of copies) await copy.remove();
    await found.release();
  };
  const readable: Source[] = [];
  try {
    for (const source of found.sources) {
      const isBinary = source.format === 'parquet' || source.format === 'xlsx';
      const copy = isBinary && source.gzip ? await unpackedCopy(source.file, source.path) : undefined;
      if (copy !== undefined) copies.push(copy);
      readable.push(copy === undefined ? source : { ...source, file: copy.file, gzip: false });
    }
  } catch (error) {
    await releaseAll();
    throw error;
  }
  return { sources: readable, release: releaseAll };
}

const isKnown = (name: string): boolean => endingOf(name) !== undefined;
const endingOf = (name: string): SourceFormat | 'text' | undefined =>
  byEnding[extname(name.replace(/\.gz$/i, '')).toLowerCase()];

async function sourceAt(file: string, wanted: SourceFormat | undefined, path = file): Promise<Source> {
  const { size, mtimeMs } = await stat(file);
  const named = wanted ?? endingOf(path);
  const content = await formatOfContent(file);
  const format =
    wanted ?? (named === undefined || named === 'text' || named === 'json' ? content.format : named);
  if ((content.format === 'xlsx' || content.format === 'parquet') && format !== content.format) {
    const name = content.format === 'xlsx' ? 'a workbook of Excel or a zip file' : 'Parquet';
    throw new CliError('USAGE', `${path} is ${name}, whatever its name says.`, {
      fix: `Read it with --format ${content.format}.`,
    });
  }
  return { path, file, format, gzip: content.gzip, bytes: size, modifiedMs: mtimeMs };
}
