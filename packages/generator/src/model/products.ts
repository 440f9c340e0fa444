import type { ProductInput } from '../own/world-file.js';
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
  /** Everyday price of a unit, hundredths; where it has one for each currency, the first. */
  readonly priceCents: number;
  /** Units in a case: orders are whole cases. */
  readonly packUnits: number;
  /** Days a unit keeps, of a product of one's own. @defaultValue the model's */
  readonly shelfLifeDays?: number;
  /** A product of one's own as it was given. */
  readonly input?: ProductInput;
}

type Line = readonly [category: string, unit: string, cents: number, names: readonly string[]];

const lines: readonly Line[] = [
  ['Dairy', 'pack', 119, ['Milk', 'Yoghurt', 'Butter', 'Cheddar', 'Crème fraîche', 'Skyr', 'Mozzarella']],
  ['Bakery', 'piece', 149, ['Bread', 'Baguette', 'Croissant', 'Bagel', 'Rye loaf', 'Brioche', 'Tortillas']],
  ['Produce', 'kilogram', 129, ['Apples', 'Bananas', 'Tomatoes', 'Spinach', 'Jalapeños', 'Açaí', 'Potatoes']],
  ['Beverages', 'bottle', 139, ['Orange juice', 'Sparkling water', 'Cold brew', 'Oat drink', 'Green tea']],
  ['Pantry', 'jar', 219, ['Olive oil', 'Passata', 'Peanut butter', 'Müsli', 'Lentils', 'Basmati rice']],
  ['Frozen', 'pack', 299, ['Peas', 'Fish fingers', 'Pizza', 'Berries', 'Gyoza', 'Vanilla ice cream']],
  ['Household', 'pack', 399, ['Dish soap', 'Paper towels', 'Laundry powder', 'Light bulb', 'Bin bags']],
  ['Care', 'piece', 249, ['Toothpaste', 'Shampoo', 'Hand cream', 'Razor', 'Plasters', 'Sun lotion']],
  ['Pets', 'bag', 549, ['Cat litter', 'Dog biscuits', 'Bird seed', 'Cat food', 'Chew toy']],
  ['Hobbies', 'piece', 899, ['Sketch book', 'Playing cards', 'Yarn', 'Fishing line', 'Puzzle', 'Paint set']],
];
const kinds = ['', 'Organic ', 'Classic ', 'Large ', 'Value ', 'Premium ', 'Mini ', 'Family '];
const packs = [1, 4, 6, 12];

/** Product number `index` of `count`; a category's products are neighbours, so that one can stand in for another. */
export function productAt(index: number, count: number, randomness: Randomness): Product {
  const lineIndex = Math.floor((index * lines.length) / count);
  const [category, unit, cents, names] = lines[lineIndex] ?? ['', '', 100, ['']];
  const turn = index - Math.ceil((lineIndex * count) / lines.length);
  const kind = Math.floor(turn / names.length);
  const round = Math.floor(kind / kinds.length);
  const [word, other] = randomness.ofProduct(index, 1);
  return Object.freeze({
    index,
    product_id: `SKU-${String(index + 1).padStart(6, '0')}`,
    product_name: `${kinds[kind % kinds.length] ?? ''}${names[turn % names.length] ?? ''}${round === 0 ? '' : ` ${round + 1}`}`,
    category,
    unit,
    priceCents: cents + (word % (2 * cents)),
    packUnits: packs[other >>> 30] ?? 1,
  });
}

/** All products. */
export function productsOf(count: number, randomness: Randomness): readonly Product[] {
  return Object.freeze(Array.from({ length: count }, (_, p) => productAt(p, count, randomness)));
}
