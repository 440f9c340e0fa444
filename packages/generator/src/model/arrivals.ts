/** Share of a day's customers in each sixteenth of the opening hours: a noon peak and a higher one after work. */
const arrivals = [22, 30, 42, 55, 68, 80, 86, 82, 74, 72, 78, 92, 98, 80, 52, 29];

/**
 * Inverse of the cumulative arrivals, 257 knots in 1/65,536 of the opening hours: a uniform word becomes a time of
 * day by one interpolation in integers.
 */
export function diurnalKnots(): Int32Array {
  const total = arrivals.reduce((sum, n) => sum + n, 0);
  const knots = new Int32Array(257);
  let slot = 0;
  let before = 0;
  for (let k = 0; k <= 256; k++) {
    const wanted = (k * total) / 256;
    while (slot < 15 && before + (arrivals[slot] ?? 0) < wanted) before += arrivals[slot++] ?? 0;
    knots[k] = Math.min(
      65_536,
      Math.floor(((slot + (wanted - before) / (arrivals[slot] ?? 1)) * 65_536) / 16),
    );
  }
  return knots;
}

const knots = diurnalKnots();

/** A time of day by the upper 28 bits of a word, along the curve of arrivals; milliseconds, as the hours are given. */
export function arrivalTime(opensAt: number, openMs: number, word: number): number {
  const knot = word >>> 24;
  const from = knots[knot] ?? 0;
  const step = (knots[knot + 1] ?? 0) - from;
  const fraction = from * 0x10000 + step * ((word >>> 8) & 0xffff);
  return opensAt + (((openMs * fraction) / 0x1_0000_0000) | 0);
}
