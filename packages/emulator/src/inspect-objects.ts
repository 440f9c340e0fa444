import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { inspectLog, platformOf, toFileName } from '@store/durable';
import { checkPath } from './errors.js';
import { isOlderJournal } from './older-journal.js';
import { type DamagedObject, problemOf } from './lake/damaged-object.js';
import { isGone, isTaken } from './lake/lake-files.js';
import { objectKey, objectPath } from './lake/object-path.js';
import { type ObjectEntry, ObjectState, type PutRecord } from './lake/object-state.js';

/**
 * Returns the objects of a data folder whose files are gone, or are not the ones that were delivered or put. What was
 * deleted through S3 is none of them. It changes nothing, and may be asked while an endpoint serves the folder.
 *
 * @example
 * ```ts
 * import { damagedObjects } from '@store/emulator';
 *
 * for (const { bucket, key, problem } of damagedObjects('.store/emulator')) console.log(bucket, key, problem);
 * ```
 */
export function damagedObjects(dataDir: string): readonly DamagedObject[] {
  checkPath('dataDir', dataDir);
  const root = resolve(dataDir);
  const suspects = damagesOf(root, recordedObjects(root));
  if (suspects.length === 0) return [];
  // What an endpoint deletes meanwhile is forgotten first.
  const still = new Set(recordedObjects(root).map(({ bucket, key }) => `${bucket}/${key}`));
  return suspects.filter(({ bucket, key }) => still.has(`${bucket}/${key}`));
}

/** The objects that the journal of S3 knows, less those that the next start moves to their places. */
function recordedObjects(root: string): readonly PutRecord[] {
  const journal = join(root, 'state', 's3.journal');
  if (!existsSync(journal) || isOlderJournal(journal)) return [];
  const state = new ObjectState();
  inspectLog(journal, {
    onEntry: ({ payload }) => {
      const entry = entryOf(payload);
      if (entry !== undefined) state.apply(entry);
    },
  });
  const drafts = join(root, 'state', 's3-drafts');
  return [...state.puts.values()]
    .flatMap((ofBucket) => [...ofBucket.values()])
    .filter(({ draft }) => draft === undefined || !existsSync(join(drafts, draft)));
}

function entryOf(payload: Buffer): ObjectEntry | undefined {
  try {
    // The parse boundary: only the journal of S3 writes there. What is damaged is told of elsewhere.
    return JSON.parse(payload.toString()) as ObjectEntry;
  } catch {
    return undefined;
  }
}

/** What is wrong with recorded objects. */
function damagesOf(root: string, recorded: readonly PutRecord[]): readonly DamagedObject[] {
  const listed = new Map<string, ReadonlyMap<string, string>>();
  return recorded.flatMap(({ bucket, key, size }) => {
    const folder = join(root, 's3', toFileName(bucket, platformOf()));
    let path = join(folder, ...objectPath(key, platformOf()));
    if (sizeOf(path) === undefined) {
      const files = listed.get(bucket) ?? filesOf(folder);
      listed.set(bucket, files);
      // It lies elsewhere where its usual place is another one's folder.
      path = files.get(key) ?? path;
    }
    const problem = problemOf(size, sizeOf(path));
    return problem === undefined ? [] : [{ bucket, key, path, problem }];
  });
}

function sizeOf(path: string): number | undefined {
  try {
    const found = statSync(path);
    return found.isFile() ? found.size : undefined;
  } catch (error) {
    if (isGone(error) || isTaken(error)) return undefined;
    throw error;
  }
}

/** Paths of a bucket's files, by the keys of their objects. */
function filesOf(folder: string): ReadonlyMap<string, string> {
  const entries = existsSync(folder) ? readdirSync(folder, { recursive: true, withFileTypes: true }) : [];
  return new Map(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [objectKey(path.slice(folder.length + 1).split(sep), platformOf()), path];
      }),
  );
}
