/**
 * Threefry2x32 with 13 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011): a keyed
 * bijection of a 64-bit address. Asking for a random number is asking what is written at an address, so nothing
 * depends on what was drawn before. 32-bit rotations and additions only: the fastest counter-based generator in
 * JavaScript, since it needs no 64-bit product.
 *
 * @param out - Receives the two words.
 */
export function threefry2x32(out: Uint32Array, key0: number, key1: number, c0: number, c1: number): void {
  const key2 = 0x1bd11bda ^ key0 ^ key1;
  let a = (c0 + key0) | 0;
  let b = (c1 + key1) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + key1) | 0;
  b = (b + key2 + 1) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  a = (a + b) | 0;
  b = ((b << 29) | (b >>> 3)) ^ a;
  a = (a + b) | 0;
  b = ((b << 16) | (b >>> 16)) ^ a;
  a = (a + b) | 0;
  b = ((b << 24) | (b >>> 8)) ^ a;
  a = (a + key2) | 0;
  b = (b + key0 + 2) | 0;
  a = (a + b) | 0;
  b = ((b << 13) | (b >>> 19)) ^ a;
  a = (a + b) | 0;
  b = ((b << 15) | (b >>> 17)) ^ a;
  a = (a + b) | 0;
  b = ((b << 26) | (b >>> 6)) ^ a;
  a = (a + b) | 0;
  b = ((b << 6) | (b >>> 26)) ^ a;
  a = (a + key0) | 0;
  b = (b + key1 + 3) | 0;
  a = (a + b) | 0;
  b = ((b << 17) | (b >>> 15)) ^ a;
  out[0] = a;
  out[1] = b;
}
