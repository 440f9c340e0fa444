import { createHash } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../local/make-folder.js';
import type { Source } from './open-source.js';

/** How far a source has been taken: its first `records` records are acknowledged or rejected. */
export interface CursorPlace {
  readonly records: number;
  readonly accepted: number;
  readonly rejected: number;
  /** Length of the file of rejects at this place: what a stopped run wrote after it comes again. */
  readonly rejectBytes: number;
  /** Set when the source was taken whole, and others of the same folder were not. */
  readonly complete?: true;
  /**
   * Set when the run stopped here in good order. Without it, it was cut off, and what it had under way may be in
   * the stream: those events go out a second time, under the same `event_id`.
   */
  readonly orderly?: true;
}

interface CursorFile {
  readonly path: string;
  readonly bytes: number;
  readonly modifiedMs: number;
  readonly stream: string;
  readonly place: CursorPlace;
}

/** Where the place in a source is kept; another stream is another place. */
export function cursorPath(cwd: string, source: Source, stream: string): string {
  const key = createHash('sha256').update(`${stream}\n${source.path}`).digest('hex').slice(0, 16);
  return join(cwd, '.store', 'ingest', `${key}.json`);
}

/** The place from which to go on; nothing when the file has changed since, or was never begun. */
export async function readCursor(
  file: string,
  source: Source,
  stream: string,
): Promise<CursorPlace | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  // The parse boundary: what this file wrote; anything else does not match and counts as no cursor.
  const kept = JSON.parse(text) as Partial<CursorFile>;
  const same =
    kept.path === source.path &&
    kept.stream === stream &&
    kept.bytes === source.bytes &&
    kept.modifiedMs === source.modifiedMs;
  return same ? kept.place : undefined;
}

/** Keeps the place; the old one stands until the new one is whole. */
export async function writeCursor(
  file: string,
  source: Source,
  stream: string,
  place: CursorPlace,
): Promise<void> {
  await makeFolder(dirname(file));
  const content = { path: source.path, bytes: source.bytes, modifiedMs: source.modifiedMs, stream, place };
  await writeFile(`${file}.partial`, JSON.stringify(content));
  await rename(`${file}.partial`, file);
}

/** Forgets the place: the whole command is done. */
export async function removeCursor(file: string): Promise<void> {
  await rm(file, { force: true });
}
