import { randomBytes } from 'node:crypto';
import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { encodeFrameHeader, encodeMark, sumOf } from './frame.js';
import { encodeSegmentHeader, headerSum, noSegment } from './segment-header.js';
import { syncData } from './replace-file.js';

/** A segment that holds what all earlier ones added up to, ready to be continued with. */
export interface BaseSegment {
  readonly descriptor: number;
  readonly end: number;
  readonly sum: number;
  /** Entries of it and of what it stands for. */
  readonly entries: number;
  readonly salt: number;
}

/** Writes such a segment beside its place and moves it there once it is on disk: a crash leaves all of it or nothing. */
export async function writeBase(
  path: string,
  number: number,
  owner: Buffer,
  before: number,
  added: readonly (readonly [tag: number, payload: Uint8Array])[],
): Promise<BaseSegment> {
  const salt = randomBytes(4).readUInt32LE();
  const header = encodeSegmentHeader(number, { ...noSegment, entries: before }, owner, { base: true, salt });
  const chunks: Uint8Array[] = [header];
  let sum = headerSum(header);
  let entries = before;
  for (const [index, [tag, payload]] of added.entries()) {
    const frame = encodeFrameHeader(tag, payload, { salt, sum, entries }, index === 0);
    sum = sumOf(frame);
    entries += 1;
    chunks.push(frame, payload);
  }
  const mark = encodeMark({ salt, sum, entries });
  const bytes = Buffer.concat([...chunks, mark]);
  const draft = `${path}.draft`;
  const descriptor = openSync(draft, 'w+');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at, bytes.length - at, at);
    await syncData(descriptor);
    renameSync(draft, path);
    return { descriptor, end: bytes.length - mark.length, sum, entries, salt };
  } catch (error) {
    closeSync(descriptor);
    rmSync(draft, { force: true });
    throw error;
  }
}
