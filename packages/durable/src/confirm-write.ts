import { fdatasyncSync } from 'node:fs';
import type { DurableError } from './errors.js';
import { isSyncFailure, syncData, syncFolder, syncFolderSync } from './replace-file.js';
import type { SegmentList } from './segment-list.js';
import type { SegmentWriter } from './segment-writer.js';

/**
 * Brings to disk what was written last; returns why that failed. A segment is put on the list once its file is there
 * for good, and before anybody is told of its first entry.
 */
export async function confirmGroup(
  folder: string,
  writer: SegmentWriter,
  list: SegmentList,
): Promise<DurableError | undefined> {
  try {
    await syncData(writer.descriptor ?? -1);
    if (list.has(writer.number)) return undefined;
    await syncFolder(folder);
    list.add(writer.number, writer.salt, true);
    return undefined;
  } catch (error) {
    return writer.notConfirmed(error);
  }
}

/** Puts the segment of an entry that was just appended on the list, before anybody is told of the entry. */
export function confirmAppended(
  folder: string,
  writer: SegmentWriter,
  list: SegmentList,
  synced: boolean,
): void {
  if (list.has(writer.number)) return;
  try {
    if (synced) {
      fdatasyncSync(writer.descriptor ?? -1);
      syncFolderSync(folder);
    }
    list.add(writer.number, writer.salt, synced);
  } catch (error) {
    const failure = writer.notConfirmed(error);
    // That the entry survives this process is all that `append` says.
    if (failure.code !== 'SYNC_FAILED') throw failure;
  }
}

/** Brings the name of a base to disk and puts it on the list; true if the segments before it may go. */
export async function confirmBase(
  folder: string,
  writer: SegmentWriter,
  list: SegmentList,
): Promise<boolean> {
  try {
    await syncFolder(folder);
    list.add(writer.number, writer.salt, true);
    return true;
  } catch (error) {
    // A list that could not be written is written with the next entry; the old segments go with the next compaction.
    if (isSyncFailure(error)) writer.notSynced(error);
    return false;
  }
}
