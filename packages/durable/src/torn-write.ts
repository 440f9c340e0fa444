import { claimAt, frameAt, markAt, nextFrame, type FrameForm } from './frame.js';

const SECTOR_BYTES = 512;
/** Shorter runs of zeros at a sector's border are in ordinary entries, too. */
const ZEROS_BYTES = 64;
/** A frame has the first two bytes of a mark, too. */
const LEAST_OF_MARK_BYTES = 3;

/**
 * Are the bytes from `at` on a write that never ended? Its beginning is sound and its end is missing; or a sector of
 * it was never written, which leaves zeros after a power failure, or the mark that was there before. Frames
 * of the same group may be behind it, since sectors reach the disk in any order; one of a later group says
 * that this one was synced.
 */
export function isTorn(
  form: FrameForm,
  bytes: Buffer,
  at: number,
  { sum, mark }: { readonly sum: number; readonly mark: Buffer | undefined },
): boolean {
  if (isCutShort(form, bytes, at, sum)) return true;
  if (mark !== undefined && stopsWithin(mark, form, bytes, at)) return true;
  const next = nextFrame(form, bytes, at);
  for (let later = next; later !== undefined;) {
    const frame = frameAt(form, bytes, later);
    if (frame?.startsGroup === true) return false;
    later = frame === undefined ? undefined : followingFrame(form, bytes, frame.end);
  }
  if (markAt(form, bytes, at)?.previous === sum) return true;
  if (mark !== undefined && beginsWith(mark, bytes, at)) return true;
  return hasUnwrittenSector(bytes, at, next ?? bytes.length);
}

function followingFrame(form: FrameForm, bytes: Buffer, at: number): number | undefined {
  if (at >= bytes.length) return undefined;
  return frameAt(form, bytes, at) === undefined ? nextFrame(form, bytes, at) : at;
}

function isCutShort(form: FrameForm, bytes: Buffer, at: number, sum: number): boolean {
  const rest = bytes.length - at;
  if (rest >= form.bytes) {
    const claim = claimAt(form, bytes, at);
    return claim?.previous === sum && claim.end > bytes.length;
  }
  const magic = bytes.subarray(at, at + Math.min(rest, form.magic.length));
  const begins = (whole: Buffer | undefined): boolean =>
    whole !== undefined && magic.equals(whole.subarray(0, magic.length));
  return begins(form.magic) || begins(form.mark);
}

/**
 * Does the file end with the mark that was there before, of which only a beginning was overwritten? A process that
 * is killed stops at the border of a page, which may be within a mark.
 */
function stopsWithin(mark: Buffer, form: FrameForm, bytes: Buffer, at: number): boolean {
  const border = borderBehind(at);
  const magic = form.magic.subarray(0, border - at);
  return (
    bytes.length === at + mark.length &&
    border < bytes.length &&
    bytes.subarray(border).equals(mark.subarray(border - at)) &&
    bytes.subarray(at, at + magic.length).equals(magic)
  );
}

/** Does the sector's end still have the beginning of the mark that was there before, which no frame begins with? */
function beginsWith(mark: Buffer, bytes: Buffer, at: number): boolean {
  const left = bytes.subarray(at, Math.min(borderBehind(at), at + mark.length));
  return left.length >= LEAST_OF_MARK_BYTES && left.equals(mark.subarray(0, left.length));
}

const borderBehind = (at: number): number => at - (at % SECTOR_BYTES) + SECTOR_BYTES;

function hasUnwrittenSector(bytes: Buffer, from: number, to: number): boolean {
  if (isZero(bytes.subarray(from))) return true;
  for (let at = from; at < to;) {
    const end = Math.min(to, borderBehind(at));
    if (end - at >= ZEROS_BYTES && isZero(bytes.subarray(at, end))) return true;
    at = end;
  }
  return false;
}

const ZEROS = Buffer.alloc(64 * 1024);

/** Says whether all bytes are zero. */
export function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const part = bytes.subarray(at, at + ZEROS.length);
    if (!part.equals(ZEROS.subarray(0, part.length))) return false;
  }
  return true;
}
