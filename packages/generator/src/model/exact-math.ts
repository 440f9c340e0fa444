/**
 * exp, log and the normal quantile from + - * / and sqrt alone. IEEE 754 fixes those to the last bit; it does
 * not fix Math.exp or Math.log, whose last bits differ between engines, and one bit would be another world.
 */

const LN2 = 0.6931471805599453;

/** e to the power of x. */
export function exp(x: number): number {
  const halvings = Math.round(x / LN2);
  const rest = x - halvings * LN2;
  let sum = 1;
  for (let n = 16; n > 0; n--) sum = 1 + (sum * rest) / n;
  for (let n = 0; n < halvings; n++) sum *= 2;
  for (let n = 0; n > halvings; n--) sum /= 2;
  return sum;
}

/** Natural logarithm of a positive x. */
export function log(x: number): number {
  let mantissa = x;
  let doublings = 0;
  for (; mantissa > 1.4142135623730951; doublings++) mantissa /= 2;
  for (; mantissa < 0.7071067811865476; doublings--) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let n = 31; n > 0; n -= 2) sum = sum * square + 1 / n;
  return doublings * LN2 + 2 * ratio * sum;
}

/** Density of the standard normal distribution. */
export function normalDensity(z: number): number {
  return exp((-z * z) / 2) / 2.5066282746310002;
}

/** Distribution function of the standard normal distribution, by its everywhere-convergent series. */
export function normalCumulative(z: number): number {
  return cumulative(z, normalDensity(z));
}

function cumulative(z: number, density: number): number {
  if (z < -8) return 0;
  if (z > 8) return 1;
  let term = z;
  let sum = z;
  for (let n = 3, before = 0; sum !== before; n += 2) {
    before = sum;
    term = (term * z * z) / n;
    sum += term;
  }
  return 0.5 + sum * density;
}

/** The z below which a standard normal variable falls with probability p, 0 < p < 1, by bisection and Newton. */
export function normalQuantile(p: number): number {
  let low = -8;
  let high = 8;
  for (let n = 0; n < 12; n++) {
    const middle = (low + high) / 2;
    if (normalCumulative(middle) < p) low = middle;
    else high = middle;
  }
  return newton((low + high) / 2, p);
}

function newton(start: number, p: number): number {
  let z = start;
  for (let n = 0; n < 4; n++) {
    const density = normalDensity(z);
    z -= (cumulative(z, density) - p) / density;
  }
  return z;
}

let quantiles: Float64Array | undefined;

const NORMALS = 4096;
/** Steps of 1 in which twelve bisections from -8 to 8 end. */
const GRID = 256;

/** 4,096 normal quantiles at the midpoints: drawing a normal variable is one look-up. */
export function normalTable(): Float64Array {
  quantiles ??= allQuantiles();
  return quantiles;
}

/** Those of `normalQuantile`, to the bit: where its bisections end moves up with p, and is found from the last one. */
function allQuantiles(): Float64Array {
  const found = new Float64Array(NORMALS);
  let high = Math.floor(normalQuantile(0.5 / NORMALS) * GRID);
  let below = normalCumulative(high / GRID);
  for (let n = 0; n < NORMALS; n++) {
    const p = (n + 0.5) / NORMALS;
    for (; below < p; below = normalCumulative(high / GRID)) high++;
    found[n] = newton((high - 0.5) / GRID, p);
  }
  return found;
}
