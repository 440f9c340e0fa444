import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { encodeFrameHeader, encodeSegmentHeader, noSegment, SEGMENT_HEADER_BYTES, sumOf } from './frame.js';
import { syncData } from './replace-file.js';

/** A segment that holds what all earlier ones added up to, ready to be gone on with. */
export interface BaseSegment {
  readonly descriptor: number;
  readonly end: number;
  readonly sum: number;
}

/** Writes such a segment beside its place and moves it there once it is on disk: a crash leaves all of it or nothing. */
export async function writeBase(
  path: string,
  number: number,
  owner: Buffer,
  entries: readonly (readonly [tag: number, payload: Uint8Array])[],
): Promise<BaseSegment> {
  const header = encodeSegmentHeader(number, noSegment, owner, true);
  const chunks: Uint8Array[] = [header];
  let sum = header.readUInt32LE(SEGMENT_HEADER_BYTES - 4);
  for (const [index, [tag, payload]] of entries.entries()) {
    const frame = encodeFrameHeader(tag, payload, sum, index === 0);
    sum = sumOf(frame);
    chunks.push(frame, payload);
  }
  const bytes = Buffer.concat(chunks);
  const draft = `${path}.draft`;
  const descriptor = openSync(draft, 'w+');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
    await syncData(descriptor);
    renameSync(draft, path);
    return { descriptor, end: bytes.length, sum };
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
}
