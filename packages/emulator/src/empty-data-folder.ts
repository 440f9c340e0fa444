import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { replaceFile, syncFolder } from '@store/durable';
import { advised } from './errors.js';

/** Folders of a data folder that hold what clients have made. */
const CONTENTS = ['s3', 'quarantine', 'state'] as const;
/** What any endpoint makes in its state folder, of this release and of earlier ones. */
const MARKS = ['drafts', 'firehose', 'glue.journal', 'sqs.journal', 'athena.journal', 'emptying'];
/** What stays in the state folder: who holds it, and what running engines spill to. */
const STAYS = /^(?:lock.*|duckdb|duckdb-writers|emptying|emptied-.*)$/;
/** From when this file is there, the folder counts as empty. */
const MARK = 'emptying';

/** Throws unless a folder that is to be emptied is an endpoint's own, or holds nothing by the names that one uses. */
export function requireOwnFolder(dataDir: string): void {
  const state = join(dataDir, 'state');
  const used = CONTENTS.filter((name) => existsSync(join(dataDir, name)));
  if (used.length === 0) return;
  const inState = existsSync(state) ? readdirSync(state) : [];
  if (inState.some((name) => MARKS.includes(name))) return;
  // Made by a start that ended immediately.
  if (used.every((name) => name === 'state') && inState.every((name) => STAYS.test(name))) return;
  throw advised(
    'FOLDER_UNUSABLE',
    `The folder ${dataDir} was not emptied: it has ${used.join(' and ')}, but no endpoint was started there.`,
    'Choose another `dataDir`, or start without `reset`.',
    { path: dataDir },
  );
}

/**
 * Empties a data folder that nothing has open; resolves with what removes the files at last. From one instant on, which
 * is a file's appearance, every start finds it empty: a crash leaves the folder of before or an empty one.
 */
export async function emptyDataFolder(dataDir: string): Promise<() => Promise<void>> {
  await replaceFile(join(dataDir, 'state', MARK), '{}');
  return moveContents(dataDir);
}

/** Finishes emptying that was interrupted; the files are removed by {@link removeEmptied}. */
export async function finishEmptying(dataDir: string): Promise<void> {
  if (existsSync(join(dataDir, 'state', MARK))) await moveContents(dataDir);
}

/** Removes what earlier emptying moved aside and did not remove. */
export async function removeEmptied(dataDir: string): Promise<void> {
  const state = join(dataDir, 'state');
  for (const name of await readdir(state)) {
    if (name.startsWith('emptied-')) await rm(join(state, name), { recursive: true, force: true });
  }
}

/** Moves, and does not remove, since that takes as long as there are files. */
async function moveContents(dataDir: string): Promise<() => Promise<void>> {
  const state = join(dataDir, 'state');
  const emptied = join(state, `emptied-${randomBytes(8).toString('hex')}`);
  await mkdir(emptied);
  for (const name of await readdir(state)) {
    if (!STAYS.test(name)) await move(join(state, name), join(emptied, `state-${name}`));
  }
  for (const name of CONTENTS) {
    if (name !== 'state' && existsSync(join(dataDir, name)))
      await move(join(dataDir, name), join(emptied, name));
  }
  await syncFolder(state);
  await syncFolder(dataDir);
  await rm(join(state, MARK));
  await syncFolder(state);
  return () => rm(emptied, { recursive: true, force: true });
}

/** A folder that is a mount of its own cannot be moved out of it. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && (error.code === 'EXDEV' || error.code === 'EBUSY'))) {
      throw error;
    }
    for (const name of await readdir(from)) await rm(join(from, name), { recursive: true, force: true });
  }
}
