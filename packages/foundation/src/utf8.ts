/** Bytes that may begin a character, by their first bits: what follows, and the least character of such length. */
const lengths: readonly (readonly [mask: number, value: number, more: number, least: number])[] = [
  [0x80, 0x00, 0, 0],
  [0xe0, 0xc0, 1, 0x80],
  [0xf0, 0xe0, 2, 0x800],
  [0xf8, 0xf0, 3, 0x10000],
];

/**
 * What is wrong with bytes that are no UTF-8, in Jackson's words: the first one that begins or continues nothing.
 *
 * @returns `undefined` where they are UTF-8
 */
export function utf8Problem(bytes: Uint8Array): string | undefined {
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const [mask = 0, , more = 0, least = 0] = lengths.find(([bits, value]) => (first & bits) === value) ?? [];
    if (mask === 0) return `Invalid UTF-8 start byte ${hex(first)}`;
    let character = first & ~mask & 0xff;
    for (let next = 1; next <= more; next += 1) {
      const byte = bytes[at + next] ?? 0;
      if ((byte & 0xc0) !== 0x80) return `Invalid UTF-8 middle byte ${hex(byte)}`;
      character = character * 64 + (byte & 0x3f);
    }
    const isSurrogate = character >= 0xd800 && character <= 0xdfff;
    if (character < least || character > 0x10ffff || isSurrogate)
      return `Invalid UTF-8 start byte ${hex(first)}`;
    at += more + 1;
  }
  return undefined;
}

const hex = (byte: number): string => `0x${byte.toString(16)}`;
