import { createReadStream, existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { createInterface } from 'node:readline';
import type { ErrorRecord } from '@store/page-protocol';
import { inertText } from '@store/foundation';
import { names } from '../inventory/names.js';
import { findFiles } from '../local/folder.js';

/** Records of one answer, and bytes of objects that are read for it. */
const mostRecords = 200;
const mostBytes = 4 * 1024 * 1024;
/** Characters of a record and of a reason that are shown. */
const shownCharacters = 4000;

/** Reads the error output of the lake, the newest objects first. */
export async function readErrors(lakeDir: string): Promise<readonly ErrorRecord[]> {
  const root = join(lakeDir, names.bucket);
  const folder = join(root, 'errors');
  const files = existsSync(folder) ? await findFiles(folder, '') : [];
  const records: ErrorRecord[] = [];
  let bytes = 0;
  for (const { path, bytes: size } of files.sort((a, b) => b.changedAtMs - a.changedAtMs)) {
    if (records.length >= mostRecords || bytes >= mostBytes) break;
    const key = relative(root, path).split(sep).join('/');
    const lines = createInterface({ input: createReadStream(path, { end: mostBytes - bytes }) });
    bytes += size;
    let line = 0;
    for await (const text of lines) {
      line += 1;
      const record = readRecord(text, `${key}#${line}`, key.split('/')[1] ?? '');
      if (record !== undefined) records.push(record);
      if (records.length >= mostRecords) break;
    }
  }
  return records;
}

/** One line of an object; undefined for the last one of an object that is read in part. */
function readRecord(text: string, id: string, type: string): ErrorRecord | undefined {
  const fields = fieldsOf(text);
  if (fields === undefined) return undefined;
  const word = (name: string): string => {
    const value = fields[name];
    return typeof value === 'string' ? value : '';
  };
  return {
    id,
    type,
    code: word('lastErrorCode') || word('errorCode'),
    reason: inertText(word('lastErrorMessage') || word('errorMessage'), shownCharacters),
    arrivedAt: new Date(Number(fields.arrivalTimestamp)).toISOString(),
    attempts: Number(fields.attemptsMade),
    record: Buffer.from(word('rawData'), 'base64').toString('utf8').slice(0, shownCharacters),
  };
}

function fieldsOf(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    // The parse boundary: the endpoint writes these lines.
    return JSON.parse(text) as Readonly<Record<string, unknown>>;
  } catch {
    return undefined;
  }
}
