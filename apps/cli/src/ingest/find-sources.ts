import { inertText } from '@store/foundation';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { TemporaryCopy } from '../local/temporary-copy.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { findObjects, isS3Address } from './s3-objects.js';
import { formatOfName, knownEndings, type SourceFormat } from './source-format.js';

/** One file to read, or standard input. */
export interface Source {
  /** What people call it, and what a place is kept for: absolute path, `s3://` address, or `-`. */
  readonly path: string;
  /** What `--format` says that it is. */
  readonly format: SourceFormat | undefined;
  /** Undefined for standard input. */
  readonly bytes?: number;
  readonly modifiedMs?: number;
  /** Copies its bytes to this machine, where they are elsewhere. */
  readonly fetch?: (signal: AbortSignal) => Promise<TemporaryCopy>;
}

/** Sources: what they are is seen when they are opened, one after the other. */
export interface FoundSources {
  readonly sources: readonly Source[];
  /** Lets go of the connection that they are fetched by. */
  release(): void;
}

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
    return here([{ path: '-', format }]);
  }
  if (isS3Address(argument)) {
    const { objects, release } = await findObjects(argument, isKnown, terminal);
    return { sources: objects.map((object) => ({ ...object, format })), release };
  }
  const path = resolve(terminal.cwd, argument);
  const found = await stat(path);
  if (!found.isDirectory()) return here([await sourceAt(path, format)]);
  const files = await filesIn(path, terminal);
  if (files.length === 0) {
    throw new CliError('NO_SOURCE', `The folder ${path} holds no file that ends in ${knownEndings}.`, {
      fix: 'Name another folder, or a file with --format.',
    });
  }
  return here(await Promise.all(files.map(async (file) => sourceAt(file, format))));
}

/** The files of a folder that are read, by name, through symbolic links, too; links to folders are told, since they may lead in a circle. */
async function filesIn(folder: string, terminal: Terminal): Promise<readonly string[]> {
  const files: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    const found = entry.isSymbolicLink() ? await stat(path).catch(() => undefined) : entry;
    if (found?.isFile() === true && isKnown(entry.name)) files.push(path);
    else if (entry.isSymbolicLink() && (found?.isDirectory() === true || isKnown(entry.name)))
      terminal.stderr.write(
        `Not read: ${inertText(path, 500)}, a link to ${found === undefined ? 'what is not there' : 'a folder. Name it by itself'}.\n`,
      );
  }
  return files.sort();
}

const here = (sources: readonly Source[]): FoundSources => ({ sources, release: () => undefined });

const isKnown = (name: string): boolean => formatOfName(name) !== undefined;

async function sourceAt(path: string, format: SourceFormat | undefined): Promise<Source> {
  // What is gone meanwhile is missed by whoever opens it.
  const found = await stat(path).catch(() => undefined);
  return {
    path,
    format,
    ...(found === undefined ? {} : { bytes: found.size, modifiedMs: found.mtimeMs }),
  };
}
