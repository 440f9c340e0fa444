/** A mean, and the ends of its 95 % interval; null of a single number. */
export interface Estimated {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** Student's t at 97.5 % for 1 to 30 degrees of freedom (NIST/SEMATECH e-Handbook, section 1.3.6.7.2). */
const students = [
  12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131,
  2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064, 2.06, 2.056, 2.052, 2.048, 2.045, 2.042,
];

/** Student's t at 97.5 %; above 30 degrees by two terms of its expansion (Abramowitz and Stegun 26.7.5). */
export function studentT(degrees: number): number {
  const z = 1.959964;
  const known = students[degrees - 1];
  if (known !== undefined) return known;
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);
}

/** Mean of numbers that are independent of each other, with the 95 % interval of Student's t. */
export function estimated(values: readonly number[]): Estimated {
  const count = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  if (count < 2) return { mean, low: null, high: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const half = studentT(count - 1) * Math.sqrt(squares / (count - 1) / count);
  return { mean, low: mean - half, high: mean + half };
}
