import { classOf, dispersionOf, meanOf, varianceOf } from './demand-table.js';
import type { Product } from './assortment.js';
import { threefry2x32 } from './threefry.js';

/** What is fixed about one series (store, product) for the whole run. */
export interface Series {
  readonly rateClass: number;
  readonly dispersion: number;
  /** Reorder point s: `min_threshold`. */
  readonly reorderPoint: number;
  /** Order-up-to level S. */
  readonly orderUpTo: number;
}

// ln(mean daily demand) ~ N(a, b²) and ln(dispersion) ~ N(ka, ks²), fitted to the published M5 classes; the
// variance of the mean is shared by store, product and pair.
const a = -0.4062;
const b = 0.9843;
const ka = 0.3352;
const ks = 1.2814;
/** Days from order to delivery on average, and the day of the review. */
const leadDays = 2;
const safetyFactor = 0.0796;

const words = new Uint32Array(2);

/** A standard normal deviate by the sum of twelve uniform ones; good to 3.5 sigma, and exact everywhere. */
function normal(seed: number, series: number, what: number): number {
  let sum = 0;
  for (let draw = 0; draw < 6; draw++) {
    threefry2x32(seed >>> 0, Math.floor(seed / 2 ** 32), series, 0xff000000 | (what << 8) | draw, words);
    sum += (words[0] ?? 0) + (words[1] ?? 0);
  }
  return sum / 2 ** 32 - 6;
}

/** The series of one store and one product. */
export function seriesOf(
  seed: number,
  store: number,
  product: number,
  series: number,
  { packSize }: Product,
): Series {
  const effect =
    0.5 * normal(seed, store, 1) + 0.7 * normal(seed, product, 2) + 0.51 * normal(seed, series, 3);
  const rateClass = classOf(a + b * effect);
  const dispersion = dispersionOf(ka + ks * normal(seed, series, 4));
  const mean = meanOf(rateClass);
  const safetyStock = safetyFactor * Math.sqrt((leadDays + 1) * varianceOf(rateClass, dispersion));
  const reorderPoint = Math.max(1, Math.round(mean * (leadDays + 1) + safetyStock));
  const cover = Math.max(packSize, Math.ceil((mean * 7) / packSize) * packSize);
  return { rateClass, dispersion, reorderPoint, orderUpTo: reorderPoint + cover };
}
