import { detectEncoding } from '@store/intake';
import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { damagedGzip } from '../local/temporary-copy.js';
import { CliError } from '../terminal/errors.js';

/** Forms in which real events may come. */
export type SourceFormat = 'ndjson' | 'json' | 'csv' | 'parquet' | 'xlsx';

const HEAD_BYTES = 65_536;

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

/** Endings of the files of a folder that are read. */
export const knownEndings: string = Object.keys(byEnding).join(', ');

/** What the ending of a name says, before `.gz` where it has that; undefined for one that says nothing. */
export const formatOfName = (name: string): SourceFormat | 'text' | undefined =>
  byEnding[extname(name.replace(/\.gz$/i, '')).toLowerCase()];

/**
 * What the first bytes of a file say that it is.
 *
 * @param name - the file as people call it, where it is read from a copy
 */
export async function formatOfContent(
  path: string,
  name: string,
): Promise<{ format: SourceFormat; gzip: boolean }> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return formatOfHead(buffer.subarray(0, bytesRead), name);
  } finally {
    await file.close();
  }
}

/** What the first bytes of a source say that it is, compressed or not. */
export function formatOfHead(bytes: Buffer, name: string): { format: SourceFormat; gzip: boolean } {
  const gzip = isGzip(bytes);
  const head = gzip ? unpackedHead(bytes, name) : bytes;
  const magic = head.toString('latin1', 0, 4);
  if (magic === 'PAR1') return { format: 'parquet', gzip };
  if (magic === 'PK\u0003\u0004') return { format: 'xlsx', gzip };
  refuseOtherForms(head, name, gzip);
  const text = textOf(head).trimStart();
  refuseMarkup(text, name);
  return { format: textFormat(text), gzip };
}

/** What people name by mistake, by its first bytes in hexadecimal digits: what it is, and what to do. */
const otherForms: readonly (readonly [string, string, string])[] = [
  [
    'd0cf11e0',
    'a workbook of Excel in the form of 2003, or has a password',
    'Save it without a password as .xlsx, or as CSV.',
  ],
  ['25504446', 'a PDF', 'Export the table as CSV or .xlsx where the PDF came from.'],
  ['89504e47', 'a picture (PNG)', 'Name the file with the data.'],
  ['ffd8ff', 'a picture (JPEG)', 'Name the file with the data.'],
  ['47494638', 'a picture (GIF)', 'Name the file with the data.'],
  ['28b52ffd', 'compressed by Zstandard', 'Unpack it with unzstd, or compress it with gzip.'],
  ['425a6839314159', 'compressed by bzip2', 'Unpack it with bunzip2, or compress it with gzip.'],
  ['fd377a585a', 'compressed by xz', 'Unpack it with unxz, or compress it with gzip.'],
  ['377abcaf', 'an archive of 7-Zip', 'Unpack it, and name the files in it.'],
  ['52617221', 'an archive of RAR', 'Unpack it, and name the files in it.'],
  [
    '53514c69746520',
    'a database of SQLite',
    'Export the table as CSV: sqlite3 -csv -header FILE "select …".',
  ],
  ['4f626a01', 'an Avro file', 'Convert it to Parquet or NDJSON.'],
];

function refuseOtherForms(head: Buffer, name: string, gzip: boolean): void {
  if (gzip && isGzip(head))
    throw new CliError('USAGE', `${name} is compressed by gzip twice.`, {
      fix: 'Unpack it once with gunzip.',
    });
  const digits = head.toString('hex', 0, 8);
  const other = otherForms.find(([begin]) => digits.startsWith(begin));
  if (other === undefined) return;
  const [, form, fix] = other;
  throw new CliError('USAGE', `${name} is ${form}.`, { fix });
}

/** Tables in tags: their lines would be read as rows. A header may begin with a word in angle brackets, such as `<DATE>`. */
function refuseMarkup(text: string, name: string): void {
  if (/^<(!doctype\s+html|html|head|body|table)\b/i.test(text))
    throw new CliError('USAGE', `${name} is a web page, as some programs write for a spreadsheet.`, {
      fix: 'Open it in a spreadsheet program, and save it as .xlsx or CSV.',
    });
  if (/^<(\?xml|!doctype)\b/i.test(text))
    throw new CliError('USAGE', `${name} is XML.`, {
      fix: 'Export CSV, .xlsx or JSON where it came from, or open it in a spreadsheet program and save it as CSV.',
    });
}

/** True for bytes that gzip begins with. */
export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/** A document a line, documents or an array laid out in any way, or rows below a header. */
function textFormat(text: string): 'ndjson' | 'json' | 'csv' {
  if (text.startsWith('[')) return 'json';
  if (!text.startsWith('{')) return 'csv';
  const [line = ''] = text.split('\n', 1);
  try {
    JSON.parse(line);
    return 'ndjson';
  } catch {
    // A line that continues behind the head counts as one document a line: only a short one is known not to
    // be.
    return line.length === text.length && text.length > HEAD_BYTES / 2 ? 'ndjson' : 'json';
  }
}

function textOf(head: Buffer): string {
  const { encoding, markBytes } = detectEncoding(head);
  return new TextDecoder(encoding).decode(head.subarray(markBytes));
}

function unpackedHead(bytes: Buffer, name: string): Buffer {
  try {
    return gunzipSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 1 << 26 });
  } catch (error) {
    throw damagedGzip(name, error);
  }
}
