import { unpackedCopy } from '../local/temporary-copy.js';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import type { Source } from './find-sources.js';
import { formatOfContent, formatOfName, type SourceFormat } from './source-format.js';

/** The file from which a source is read. */
export interface SourceFile {
  /** Where the bytes lie: the source itself, or a copy that is as it is read. */
  readonly file: string;
  readonly format: SourceFormat;
  /** Text is unpacked piece by piece; what is read as a file has been unpacked. */
  readonly gzip: boolean;
  /** Removes the copy. */
  readonly remove: () => Promise<void>;
}

const noCopy = async (): Promise<void> => Promise.resolve();

/**
 * Brings a source here, unpacks what is read as a file, and sees what it is.
 *
 * @throws CliError `NO_SOURCE` where it cannot be read, `USAGE` where it is something else than its name or `--format` says
 */
export async function sourceFile(source: Source, signal: AbortSignal): Promise<SourceFile> {
  const fetched = await source.fetch?.(signal);
  try {
    const file = fetched?.file ?? source.path;
    const { format, gzip } = await formOf(source, file);
    const isFile = format === 'parquet' || format === 'xlsx';
    const plain = isFile && gzip ? await unpackedCopy(file, source.path, signal) : undefined;
    if (plain === undefined) return { file, format, gzip, remove: fetched?.remove ?? noCopy };
    await fetched?.remove();
    return { file: plain.file, format, gzip: false, remove: plain.remove };
  } catch (error) {
    await fetched?.remove();
    throw error;
  }
}

/** By `--format`, by its name, or, where that says nothing, by its first bytes, which always say whether it is text. */
async function formOf(
  { path, format: wanted }: Source,
  file: string,
): Promise<{ readonly format: SourceFormat; readonly gzip: boolean }> {
  const content = await formatOfContent(file, path).catch((error: unknown) => {
    if (error instanceof CliError) throw error;
    const { message, fix = 'Copy it again.' } = explainError(error);
    const isNamed = message.includes(path);
    throw new CliError('NO_SOURCE', isNamed ? message : `${path} cannot be read. ${message}`, {
      cause: error,
      fix,
    });
  });
  const named = wanted ?? formatOfName(path);
  const format =
    wanted ?? (named === undefined || named === 'text' || named === 'json' ? content.format : named);
  if ((content.format === 'xlsx' || content.format === 'parquet') && format !== content.format) {
    const name = content.format === 'xlsx' ? 'a workbook of Excel or a zip file' : 'Parquet';
    throw new CliError('USAGE', `${path} is ${name}, whatever its name says.`, {
      fix: `Read it with --format ${content.format}.`,
    });
  }
  return { format, gzip: content.gzip };
}
