/** Longest key of an object in bytes of UTF-8; source: S3 user guide, object key names, read 2026-11. */
export const LONGEST_KEY_BYTES = 1024;

/** Whether S3 takes an object of this key. */
export function isKeyTooLong(key: string): boolean {
  return key.length > LONGEST_KEY_BYTES / 4 && Buffer.byteLength(key) > LONGEST_KEY_BYTES;
}

/** Compares keys in the order of their UTF-8 bytes, as S3 lists them; JavaScript's own order differs above U+D800. */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)];
    if (a !== b) return fixed(a) - fixed(b);
  }
  return left.length - right.length;
}

// Lifts surrogates above the other code units.
function fixed(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit >= 0xd800 ? unit + 0x2000 : unit;
}
