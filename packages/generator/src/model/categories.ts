import { exp } from './exact-math.js';

/** A product of a category: its label, what a unit is, and its usual prices, euro cents. */
export type Item = readonly [name: string, unit: string, least: number, most: number];

/** A department of the built-in assortment, with what fits its products. */
export interface Category {
  readonly name: string;
  /** Level of its demand in standard deviations among categories; the ten have a mean of 0 and a variance of 1. */
  readonly level: number;
  /** Month in which most of it is sold, 0 for the middle of January, and how much more than on average, north of the equator. */
  readonly season: readonly [peakMonth: number, amplitude: number];
  /** Kinds of each item, with the price of a kind over the plain one's. */
  readonly kinds: readonly (readonly [word: string, price: number])[];
  readonly items: readonly Item[];
}

/**
 * The built-in assortment. Levels have the order and about half the distance of the M5 rows named at `m5Weekdays` (medians
 * of 5.8, 1.7 and 0.26 units a day for food, household goods and hobbies); curves have their size (a standard deviation
 * of .06 between categories). Prices are rounded assumptions
 * of what European supermarkets ask in 2026.
 */
export const categories: readonly Category[] = [
  {
    name: 'Dairy',
    level: 1.35,
    season: [11, 0.05],
    kinds: kinds('Organic 1.35,Lactose-free 1.25,Low-fat 1,Family 1.7,Farmhouse 1.3,Premium 1.4,Value .8'),
    items: items(
      'Milk litre 95 165,Yoghurt pot 55 149,Butter pack 189 329,Cheddar pack 229 449,Crème fraîche pot 89 159,Skyr pot 119 229,Mozzarella pack 95 219',
    ),
  },
  {
    name: 'Bakery',
    level: 1.01,
    season: [10, 0.05],
    kinds: kinds('Organic 1.4,Wholegrain 1.15,Seeded 1.2,Mini .6,Artisan 1.5,Traditional 1.2,Value .75'),
    items: items(
      'Bread loaf 149 399,Baguette piece 89 189,Croissant piece 69 149,Bagel piece 79 149,Rye loaf loaf 199 429,Brioche pack 199 349,Tortillas pack 149 279',
    ),
  },
  {
    name: 'Produce',
    level: 1.24,
    season: [6, 0.1],
    kinds: kinds('Organic 1.5,Local 1.2,Premium 1.4,Fairtrade 1.35,Selected 1.25,Loose .9,Value .75'),
    items: items(
      'Apples kilogram 179 299,Bananas kilogram 119 199,Tomatoes kilogram 199 399,Spinach bag 129 249,Jalapeños bag 99 199,Açaí pack 299 499,Potatoes kilogram 89 199',
    ),
  },
  {
    name: 'Beverages',
    level: 0.79,
    season: [6, 0.14],
    kinds: kinds('Chilled 1.2,Large 1.6,Premium 1.5,Family 1.8,Mini .6,Classic 1,Value .7'),
    items: items(
      'Orange juice bottle 149 349,Sparkling water bottle 39 99,Cold brew bottle 179 299,Oat drink carton 149 249,Green tea bottle 99 199',
    ),
  },
  {
    name: 'Pantry',
    level: 0,
    season: [10, 0.1],
    kinds: kinds('Organic 1.4,Premium 1.5,Large 1.7,Family 1.9,Classic 1,Mini .6,Value .7'),
    items: items(
      'Olive oil bottle 499 1099,Passata bottle 99 219,Peanut butter jar 229 429,Müsli pack 199 399,Lentils pack 149 279,Basmati rice pack 219 429',
    ),
  },
  {
    name: 'Frozen',
    level: -0.11,
    season: [6, 0.1],
    kinds: kinds('Classic 1,Premium 1.5,Family 1.8,Large 1.6,Party 2,Snack .7,Value .75'),
    items: items(
      'Peas bag 129 249,Fish fingers pack 249 449,Pizza piece 219 449,Berries bag 279 499,Gyoza bag 299 549,Vanilla ice cream tub 249 599',
    ),
  },
  {
    name: 'Household',
    level: -0.68,
    season: [3, 0.06],
    kinds: kinds('Eco 1.3,Premium 1.5,Large 1.6,Family 1.8,Basic .8,Professional 1.7,Value .7'),
    items: items(
      'Dish soap bottle 99 249,Paper towels pack 199 449,Laundry powder pack 399 999,Light bulb piece 249 599,Bin bags roll 149 349',
    ),
  },
  {
    name: 'Care',
    level: -1.01,
    season: [5, 0.08],
    kinds: kinds('Sensitive 1.3,Travel .6,Family 1.7,Premium 1.6,Classic 1,Large 1.5,Value .7'),
    items: items(
      'Toothpaste tube 99 349,Shampoo bottle 149 449,Hand cream tube 149 399,Razor piece 399 1299,Plasters pack 149 399,Sun lotion bottle 399 1199',
    ),
  },
  {
    name: 'Pets',
    level: -1.01,
    season: [0, 0.03],
    kinds: kinds('Natural 1.3,Premium 1.5,Large 1.7,Small .6,Classic 1,Multipack 1.9,Value .7'),
    items: items(
      'Cat litter bag 299 899,Dog biscuits bag 199 499,Bird seed bag 249 699,Cat food tin 59 149,Chew toy piece 349 999',
    ),
  },
  {
    name: 'Hobbies',
    level: -1.58,
    season: [1, 0.15],
    kinds: kinds('Classic 1,Deluxe 1.8,Large 1.5,Mini .6,Starter .8,Premium 1.6,Value .7'),
    items: items(
      'Sketch book piece 399 999,Playing cards pack 249 699,Yarn ball 299 799,Fishing line spool 499 1299,Puzzle box 899 1999,Paint set box 799 1899',
    ),
  },
];

/** The built-in category of a name; undefined of one's own. */
export function categoryOf(name: string): Category | undefined {
  return categories.find((category) => category.name === name);
}

/** Factors of a category's twelve months from January on, north of the equator, at a strength. */
export function monthCurve(
  { season: [peakMonth, amplitude] }: Category,
  strength: number,
): readonly number[] {
  return Array.from({ length: 12 }, (_, month) => {
    return exp(strength * amplitude * (wave[(month - peakMonth + 12) % 12] ?? 0));
  });
}

/** Cosines of twelfths of a turn, the same on every engine. */
const half = Math.sqrt(3) / 2;
const wave: readonly number[] = [1, half, 0.5, 0, -0.5, -half, -1, -half, -0.5, 0, 0.5, half];

function kinds(text: string): Category['kinds'] {
  const given = text.split(',').map((entry) => {
    const [word = '', price = '1'] = entry.split(' ');
    return [`${word} `, Number(price)] as const;
  });
  return [['', 1], ...given];
}

function items(text: string): readonly Item[] {
  return text.split(',').map((entry) => {
    const words = entry.split(' ');
    const [unit = '', least = '', most = ''] = words.slice(-3);
    return [words.slice(0, -3).join(' '), unit, Number(least), Number(most)];
  });
}
