import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Acknowledged records of each segment: all below the first number, and those of the list. */
export type Cursor = ReadonlyMap<number, readonly [low: number, sparse: readonly number[]]>;

/** Reads the cursor file. A missing or damaged one says that nothing is acknowledged: it costs duplicates only. */
export function readCursor(dir: string): Cursor {
  const cursor = new Map<number, readonly [number, readonly number[]]>();
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(join(dir, 'cursor.json'), 'utf8'));
  } catch {
    return cursor;
  }
  if (!Array.isArray(parsed)) return cursor;
  for (const entry of parsed as unknown[]) {
    if (!Array.isArray(entry)) continue;
    const [seq, low, ...sparse] = entry as unknown[];
    const numbers = sparse.filter((index) => typeof index === 'number');
    if (typeof seq === 'number' && typeof low === 'number') cursor.set(seq, [low, numbers]);
  }
  return cursor;
}

/** Replaces the cursor file at once: a reader sees the old or the new one. */
export function writeCursor(dir: string, cursor: Cursor): void {
  const draft = join(dir, 'cursor.json.new');
  const entries = [...cursor].map(([seq, [low, sparse]]) => [seq, low, ...sparse]);
  writeFileSync(draft, JSON.stringify(entries));
  renameSync(draft, join(dir, 'cursor.json'));
}
