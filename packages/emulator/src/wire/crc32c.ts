let table: Uint32Array | undefined;

/** CRC-32 with Castagnoli's polynomial, which node:zlib does not have; `before` is that of the bytes so far. */
export function crc32c(bytes: Uint8Array, before = 0): number {
  table ??= Uint32Array.from({ length: 256 }, (_, byte) => {
    let sum = byte;
    for (let bit = 0; bit < 8; bit += 1) sum = sum & 1 ? (sum >>> 1) ^ 0x82f63b78 : sum >>> 1;
    return sum >>> 0;
  });
  let sum = ~before >>> 0;
  for (const byte of bytes) sum = (table[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return ~sum >>> 0;
}
