import { IntakeError, type MappingDocument, type SourceItem } from '@store/intake';
import { findSources, type Source } from '../ingest/find-sources.js';
import { named, openSource } from '../ingest/open-source.js';
import type { OpenSource, ReadingOptions } from '../ingest/reading.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import type { SourceFormat } from '../ingest/source-format.js';
import type { CommonFlags } from '../options/common-options.js';

/** Flags of the commands that read a file of a source. */
export interface MapFileFlags extends CommonFlags {
  readonly format?: SourceFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly skip?: number;
  readonly sheet?: string;
}

/** A file that a mapping is tried on. */
export interface OpenFile extends OpenSource {
  readonly source: Source;
  /** The header, once the first record was read; undefined for a source without one. */
  header(): readonly string[] | undefined;
}

/** Works with one file of a source; flags win over what a mapping says of how it is read. */
export async function withFile<T>(
  path: string,
  flags: MapFileFlags,
  document: MappingDocument | undefined,
  terminal: Terminal,
  work: (file: OpenFile) => Promise<T>,
): Promise<T> {
  const found = await findSources(path, flags.format, terminal);
  try {
    const { sources } = found;
    const [source] = sources;
    if (source === undefined || sources.length > 1)
      throw new CliError('USAGE', `Expected one file, got a folder of ${sources.length}: ${path}.`);
    let header: readonly string[] | undefined;
    const reading: ReadingOptions = {
      encoding: flags.encoding ?? document?.encoding,
      delimiter: flags.delimiter ?? document?.delimiter,
      skip: flags.skip ?? document?.skip,
      sheet: flags.sheet,
      onHeader(names) {
        header = names;
        return undefined;
      },
    };
    const opened = await openSource(source, reading, terminal);
    try {
      return await work({ ...opened, source, header: () => header });
    } finally {
      await opened.close();
    }
  } catch (error) {
    throw error instanceof IntakeError ? named(error, path) : error;
  } finally {
    found.release();
  }
}

/** Returns the first records of a file; those that are none are left out. */
export async function firstRecords(file: OpenFile, most: number): Promise<readonly SourceItem[]> {
  const items: SourceItem[] = [];
  for await (const lot of file.lots) {
    for (const item of lot) {
      if (item.problem === undefined && item.empty !== true) items.push(item);
      if (items.length >= most) return items;
    }
  }
  return items;
}
