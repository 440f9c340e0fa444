/** Four decimal digits of 0 to 9,999 as one little-endian word, zeros in front. */
export const padded: Uint32Array = Uint32Array.from({ length: 10_000 }, (_, n) => fourDigits(n));

/** The digits of 0 to 9,999 without zeros in front, first digit in the lowest byte. */
export const plain: Uint32Array = Uint32Array.from({ length: 10_000 }, (_, n) => {
  const zeros = n < 10 ? 3 : n < 100 ? 2 : n < 1000 ? 1 : 0;
  return Math.floor(fourDigits(n) / 256 ** zeros);
});

/** How many digits 0 to 9,999 have: a table, since comparisons of numbers that vary are mispredicted. */
export const digitsOf: Uint8Array = Uint8Array.from({ length: 10_000 }, (_, n) => String(n).length);

/** `MM:SS.` of each second of an hour: low word, then high word. */
export const clock: Uint32Array = Uint32Array.from({ length: 7200 }, (_, n) => {
  const second = n >> 1;
  const minutes = fourDigits(Math.floor(second / 60)) >>> 16;
  const seconds = fourDigits(second % 60) >>> 16;
  return (n & 1) === 0
    ? (minutes | (0x3a << 16) | ((seconds & 255) << 24)) >>> 0
    : (seconds >>> 8) | (0x2e << 8);
});

function fourDigits(n: number): number {
  const digits = [Math.floor(n / 1000), Math.floor(n / 100) % 10, Math.floor(n / 10) % 10, n % 10];
  return digits.reduce((sum, digit, place) => sum + (48 + digit) * 256 ** place, 0);
}

/** Writes a whole number; the position behind it. Writes up to three bytes of surplus. */
export function writeInteger(view: DataView, at: number, value: number): number {
  if (value >>> 0 === value && value < 10_000) {
    view.setUint32(at, plain[value] ?? 0, true);
    return at + (digitsOf[value] ?? 0);
  }
  return writeLong(view, at, value);
}

function writeLong(view: DataView, at: number, value: number): number {
  let to = at;
  const n = Math.abs(value);
  if (value < 0) view.setUint8(to++, 0x2d);
  if (n < 10_000) {
    view.setUint32(to, plain[n] ?? 0, true);
    return to + (digitsOf[n] ?? 0);
  }
  const upper = Math.floor(n / 10_000);
  to = writeInteger(view, to, upper);
  view.setUint32(to, padded[n - upper * 10_000] ?? 0, true);
  return to + 4;
}
