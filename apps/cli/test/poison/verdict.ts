import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import type { HostileRecord } from './records.js';
import type { PoisonStream } from './streams.js';

/** What a trial has sent. */
export interface Sent {
  /** Ids of good records; false where the call got no answer, since both outcomes are right then. */
  readonly good: Map<number, boolean>;
  /** Hostile records that were acknowledged. */
  readonly hostile: { readonly stream: PoisonStream; readonly record: HostileRecord }[];
}

/** Compares what was acknowledged with what is in the lake and in the error output; returns what is wrong, in words. */
export async function judge(dataDir: string, sent: Sent): Promise<string[]> {
  const found = await readLake(join(dataDir, 's3'));
  const wrong: string[] = [];
  for (const [id, acknowledged] of sent.good) {
    const count = found.good.get(id) ?? 0;
    if (count > 1 || (acknowledged && count === 0))
      wrong.push(`good record ${id}: ${count} times in the lake`);
  }
  for (const { stream, record } of sent.hostile) {
    const row = found.rows.get(record.tag);
    const accounted =
      row !== undefined ||
      found.failedTags.has(record.tag) ||
      found.failed.has(record.bytes.toString('base64')) ||
      found.text.includes(record.tag) ||
      isInPieces(record.bytes, found.failed) ||
      (stream === 'lines' && found.bytes.includes(record.bytes));
    if (!accounted) wrong.push(`${stream}, ${record.kind}: gone: ${excerpt(record.bytes)}`);
    if (row !== undefined && isChanged(record, row)) {
      wrong.push(`${stream}, ${record.kind}: changed to ${JSON.stringify(row)}: ${excerpt(record.bytes)}`);
    }
  }
  for (const message of found.messages) {
    if (message === '' || message.includes(dataDir)) wrong.push(`error output says "${message}"`);
  }
  return wrong;
}

/** Whether lines of the error output cover a record whose bytes were taken for several documents; space is between them. */
function isInPieces(bytes: Buffer, failed: ReadonlySet<string>): boolean {
  const pieces = [...failed]
    .map((raw) => Buffer.from(raw, 'base64'))
    .filter(({ length }) => length > 0)
    .sort((one, other) => other.length - one.length);
  let at = 0;
  while (at < bytes.length) {
    const rest = bytes.subarray(at);
    const piece = pieces.find((each) => rest.subarray(0, each.length).equals(each));
    if (piece === undefined && !/^[ \t\r\n]/.test(rest.subarray(0, 1).toString('latin1'))) return false;
    at += piece?.length ?? 1;
  }
  return true;
}

function excerpt(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return JSON.stringify(
    text.length > 200 ? `${text.slice(0, 120)}…${text.slice(-60)} (${bytes.length} bytes)` : text,
  );
}

/** Whether a row's text differs from what JSON.parse, too, reads from the record. */
function isChanged({ bytes }: HostileRecord, row: Row): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    // What JSON.parse refuses has no second opinion.
    return false;
  }
  if (typeof parsed !== 'object' || parsed === null || !('s' in parsed) || typeof parsed.s !== 'string')
    return false;
  return /\p{Surrogate}/u.test(parsed.s) ? false : row.s !== parsed.s;
}

interface Row {
  readonly s: unknown;
}

interface Found {
  readonly good: Map<number, number>;
  readonly rows: Map<string, Row>;
  /** Raw data of the error output, base64, and the tags that are in it. */
  readonly failed: Set<string>;
  readonly failedTags: Set<string>;
  readonly messages: Set<string>;
  /** Everything delivered as it came. */
  readonly bytes: Buffer;
  readonly text: string;
}

async function readLake(root: string): Promise<Found> {
  const good = new Map<number, number>();
  const rows = new Map<string, Row>();
  const failed = new Set<string>();
  const failedTags = new Set<string>();
  const messages = new Set<string>();
  const chunks: Buffer[] = [];
  const seen = (id: number): void => {
    good.set(id, (good.get(id) ?? 0) + 1);
  };
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const bytes = await readFile(path);
    if (entry.name.endsWith('.parquet')) {
      const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
      for (const row of await parquetReadObjects({ file })) {
        const tag = String(row.tag);
        if (tag === 'good') seen(Number(row.id));
        else rows.set(tag, { s: row.s });
      }
    } else if (path.slice(root.length).startsWith('/lake/errors/')) {
      for (const line of bytes.toString().trimEnd().split('\n')) {
        // The endpoint wrote it as JSON.
        const entryOfLine = JSON.parse(line) as Record<string, string | undefined>;
        const raw = entryOfLine.rawData ?? '';
        failed.add(raw);
        for (const [tag] of Buffer.from(raw, 'base64')
          .toString('latin1')
          .matchAll(/h-\d+-\d+-/g))
          failedTags.add(tag);
        messages.add(entryOfLine.errorMessage ?? entryOfLine.lastErrorMessage ?? '');
      }
    } else chunks.push(bytes);
  }
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('latin1');
  for (const [, id] of text.matchAll(/"s":"good-(\d+)"/g)) seen(Number(id));
  return { good, rows, failed, failedTags, messages, bytes, text };
}
