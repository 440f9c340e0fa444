import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { type DamagePolicy, diskFailed, meetDamage, putAside } from '../damage-policy.js';
import type { BufferSet } from './buffer-set.js';
import type { DeliveryBuffer } from './delivery-buffer.js';
import type { StagedPart } from './staging-file.js';

/** A staged file that does not hold what a checkpoint says. */
export interface StagedDamage {
  readonly bufferId: number;
  readonly path: string;
  readonly problem: string;
  readonly bytes: number;
  /** Records that were in it; undefined if the buffer has other files, too. */
  readonly records: number | undefined;
  readonly keptAt: string | undefined;
}

/**
 * Compares the staged files with what the checkpoint says of them, and leaves out those that are not as they were: a
 * file of a buffer that was delivered may be gone, which the log says, so that nothing is decided before it is read.
 */
export function checkStaged(
  buffers: Iterable<DeliveryBuffer>,
  { onDamage }: DamagePolicy,
): readonly StagedDamage[] {
  const damages: StagedDamage[] = [];
  for (const { state, staging } of buffers) {
    const parts = staging.parts();
    for (const part of parts) {
      const problem = stagedProblem(part);
      if (problem === undefined) continue;
      const { path, bytes } = part;
      const isThere = existsSync(path);
      staging.leaveOut(path, isThere);
      const keptAt = onDamage === 'salvage' && isThere ? putAside(path) : undefined;
      const records = parts.length === 1 ? state.records : undefined;
      state.bytes -= bytes;
      state.records -= records ?? 0;
      damages.push({ bufferId: state.id, path, problem, bytes, records, keptAt });
    }
  }
  return damages;
}

/** Refuses or reports the damage of buffers that are not delivered; one that holds nothing else is forgotten. */
export function meetStagedDamage(
  damages: readonly StagedDamage[],
  buffers: BufferSet,
  policy: DamagePolicy,
): void {
  for (const { bufferId, path, problem, bytes, records, keptAt } of damages) {
    const buffer = buffers.get(bufferId);
    if (buffer === undefined) continue;
    const count =
      records === undefined ? 'An unknown number of records' : `${records} record${records === 1 ? '' : 's'}`;
    const missing = `${count} (${bytes} bytes) of acknowledged calls that were to become ${buffer.state.objectKey} ${records === 1 ? 'is' : 'are'} missing.`;
    meetDamage(policy, { path, problem, missing, keptAt });
    buffer.staging.flush();
    if (buffer.staging.parts().length === 0) buffers.remove(bufferId);
  }
}

const CHUNK_BYTES = 1024 * 1024;

/** What is wrong with a staged file; undefined if it holds what a checkpoint says. */
export function stagedProblem({ path, bytes, sum }: StagedPart): string | undefined {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) return 'the file is not there';
  if (size < bytes) return `it ends at byte ${size}, and had ${bytes} bytes`;
  if (sum === undefined) return undefined;
  return sumOf(path, bytes) === sum ? undefined : `its first ${bytes} bytes do not fit their checksum`;
}

function sumOf(path: string, bytes: number): number {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (cause) {
    throw diskFailed(path, cause);
  }
  try {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, bytes));
    let sum = 0;
    for (let at = 0; at < bytes;) {
      const count = readSync(descriptor, chunk, 0, Math.min(chunk.length, bytes - at), at);
      if (count === 0) return sum + 1;
      sum = crc32(chunk.subarray(0, count), sum);
      at += count;
    }
    return sum;
  } catch (cause) {
    throw diskFailed(path, cause);
  } finally {
    closeSync(descriptor);
  }
}
