/** One product: what every store sells under the same SKU. */
export interface Product {
  readonly product_id: string;
  readonly product_name: string;
  readonly category: string;
  /** Cents. */
  readonly priceCents: number;
  /** Units in a case. */
  readonly packSize: number;
}

const categories: readonly (readonly [category: string, cents: number, names: readonly string[]])[] = [
  ['Dairy', 119, ['Milk', 'Yoghurt', 'Butter', 'Cheddar', 'Crème fraîche']],
  ['Bakery', 249, ['Bread', 'Baguette', 'Croissant', 'Bagel', 'Rye loaf']],
  ['Produce', 99, ['Apples', 'Bananas', 'Tomatoes', 'Spinach', 'Jalapeños']],
  ['Beverages', 179, ['Orange juice', 'Sparkling water', 'Cold brew', 'Oat drink', 'Green tea']],
  ['Household', 599, ['Dish soap', 'Paper towels', 'Laundry powder', 'Light bulb', 'Bin bags']],
  ['Hobbies', 1299, ['Sketch book', 'Playing cards', 'Yarn', 'Fishing line', 'Puzzle']],
];
const packs = [1, 4, 6, 12];

/** Product number `index`, drawn with one random word. */
export function productOf(index: number, word: number): Product {
  const [category, cents, names] = categories[index % categories.length] ?? ['', 0, []];
  const turn = Math.floor(index / categories.length);
  const series = Math.floor(turn / names.length);
  return {
    product_id: `SKU-${String(index + 1).padStart(6, '0')}`,
    product_name: `${names[turn % names.length] ?? ''}${series === 0 ? '' : ` ${series + 1}`}`,
    category,
    priceCents: cents + (word % cents),
    packSize: packs[(word >>> 16) & 3] ?? 1,
  };
}
