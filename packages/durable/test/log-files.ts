import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog, type Log, type LogOptions, type Recovery } from '../src/index.js';

/** A folder for one test. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'durable-'));
}

/** What a log holds, as texts. */
export interface Contents {
  readonly texts: readonly string[];
  readonly recovery: Recovery;
}

/** Opens a log, reads everything and closes it. */
export async function contentsOf(folder: string, options: LogOptions = {}): Promise<Contents> {
  const texts: string[] = [];
  const log = openLog(folder, { ...options, onEntry: ({ payload }) => texts.push(payload.toString()) });
  await log.close();
  return { texts, recovery: log.recovery };
}

/** Commits texts one after another, each in a group of its own. */
export async function commitAll(log: Log, texts: readonly string[]): Promise<void> {
  for (const text of texts) await log.commit(1, Buffer.from(text));
}

/** The files in a folder, without the list of segments. */
export function logFiles(folder: string): readonly string[] {
  return readdirSync(folder).filter((name) => !name.startsWith('segments-'));
}
