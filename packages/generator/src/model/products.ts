import type { ProductInput } from '../own/world-file.js';
import { dateOf } from './calendar.js';
import { categories } from './categories.js';
import { priceIn } from './currencies.js';
import type { Randomness } from './randomness.js';

/** A product: what every store sells under the same SKU. */
export interface Product {
  /** Its number, from 0. */
  readonly index: number;
  /** SKU, unique in the world. */
  readonly product_id: string;
  /** Name on the shelf label. */
  readonly product_name: string;
  /** Department of the assortment. */
  readonly category: string;
  /** What a unit is. */
  readonly unit: string;
  /**
   * Everyday price of a unit, hundredths. Of a built-in product it is that in euros, and stores of another currency have
   * theirs; of one's own, where it has one for each currency, the first.
   */
  readonly priceCents: number;
  /** Units in a case: orders are whole cases. */
  readonly packUnits: number;
  /** Days a unit keeps, of a product of one's own. @defaultValue the model's */
  readonly shelfLifeDays?: number;
  /** First local day of sale, `2026-03-02`, of a product that comes later. */
  readonly launched?: string;
  /** A product of one's own as it was given. */
  readonly input?: ProductInput;
}

const packs = [1, 4, 6, 12];

/** Product number `index` of `count`; a category's products are neighbours, so that one can stand in for another. */
export function productAt(index: number, count: number, randomness: Randomness): Product {
  const place = Math.floor((index * categories.length) / count);
  const category = categories[place];
  if (category === undefined) throw new RangeError(`There is no product ${index} of ${count}.`);
  const turn = index - Math.ceil((place * count) / categories.length);
  const { items, kinds } = category;
  const [name, unit, least, most] = items[turn % items.length] ?? ['', '', 100, 100];
  const kind = Math.floor(turn / items.length);
  const round = Math.floor(kind / kinds.length);
  const [label, factor] = kinds[kind % kinds.length] ?? ['', 1];
  const [word, other] = randomness.ofProduct(index, 1);
  return Object.freeze({
    index,
    product_id: `SKU-${String(index + 1).padStart(6, '0')}`,
    product_name: `${label}${name}${round === 0 ? '' : ` ${round + 1}`}`,
    category: category.name,
    unit,
    priceCents: priceIn('EUR', (least + (word % (most - least + 1))) * factor),
    packUnits: packs[other >>> 30] ?? 1,
  });
}

/** All products. */
export function productsOf(count: number, randomness: Randomness): readonly Product[] {
  return Object.freeze(Array.from({ length: count }, (_, p) => productAt(p, count, randomness)));
}

/** Names of the plain products of all categories. */
const plain: ReadonlySet<string> = new Set(categories.flatMap(({ items }) => items.map(([name]) => name)));

/**
 * The same products, of which some are launched later: so large a share of all kinds but the plain ones in each of two years
 * from the local day on which the world starts. Products of a list say themselves when they are.
 */
export function withLaunches(
  products: readonly Product[],
  launchRate: number,
  firstDay: number,
  randomness: Randomness,
): readonly Product[] {
  if (launchRate === 0) return products;
  return Object.freeze(
    products.map((product) => {
      if (plain.has(product.product_name)) return product;
      const [word] = randomness.ofProduct(product.index, 2);
      const years = word / 0x1_0000_0000 / launchRate;
      if (years >= LAUNCH_YEARS) return product;
      return Object.freeze({ ...product, launched: dateOf(firstDay + 1 + Math.floor(years * 365)) });
    }),
  );
}

const LAUNCH_YEARS = 2;
