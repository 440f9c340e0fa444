import { invalidOption, wrong } from '../errors.js';
import { currencyOf, withoutHundredths } from '../model/currencies.js';
import { placeAt, placeCount } from '../model/places.js';
import { storesOf } from '../model/stores.js';
import { productsOf } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { WorldModel } from '../model/world-model.js';
import { builtInPlace } from './built-in-place.js';
import { checkReferences } from './check-references.js';
import { frozenCopy } from './frozen-copy.js';
import type { ExtraColumn, OwnWorld, PolicyName, StoreInput } from './world-file.js';

/** A world's own data, checked, copied and frozen. */
export interface OwnSettings {
  readonly data: OwnWorld;
  readonly extra: readonly ExtraColumn[];
  /** What sets this data apart, for the world's fingerprint. */
  readonly digest: string;
}

/** The parts of the options that are data of one's own; a function as `extra` is none. */
type Given = Omit<OwnWorld, 'extra' | 'policy'> & {
  readonly policy: PolicyName | undefined;
  readonly extra?: unknown;
};

/** Checks and copies the data of one's own in a world's options; undefined where there is none. @throws WorldError */
export function settleOwn(
  options: Given,
  model: WorldModel,
  randomness: Randomness,
): OwnSettings | undefined {
  const { stores, products, calendar, demand, policy } = options;
  // The rules were checked: a list has columns.
  const extra = Array.isArray(options.extra) ? (options.extra as readonly ExtraColumn[]) : undefined;
  const lists = typeof stores === 'object' || typeof products === 'object';
  const others = [calendar, demand, policy, extra].some((part) => part !== undefined);
  if (!lists && !others) return undefined;
  const given = { stores, products, calendar, demand, policy, extra };
  const data = frozenCopy(
    Object.fromEntries(Object.entries(given).filter(([, part]) => part !== undefined)),
  ) as OwnWorld;
  checkReferences(data);
  checkBuiltIn(data, randomness);
  checkPrices(data);
  const { series = [], memory = 0, shocks = {} } = data.demand ?? {};
  const moved = memory + (shocks.store ?? 0) + (shocks.storeWeek ?? 0) + (shocks.local ?? 0);
  if (model.fixedMean > 0 && (series.length > 0 || moved > 0)) {
    throw wrong(
      'demand',
      demand,
      'the preset has one mean for all, and draws none; take a preset such as m5.',
    );
  }
  return { data, extra: data.extra ?? [], digest: digestOf(JSON.stringify(data)) };
}

/** Names of built-in stores and products that the data speaks of. */
function checkBuiltIn(data: OwnWorld, randomness: Randomness): void {
  const { demand: { series = [] } = {}, calendar: { promotions = [] } = {} } = data;
  if (series.length + promotions.length === 0 && !hasAssortments(data)) return;
  if (typeof data.stores !== 'object' && data.stores !== undefined) {
    const known = new Set(storesOf(0, data.stores, randomness).map(({ store_id }) => store_id));
    for (const [n, { store_id }] of series.entries())
      expect(known, store_id, `demand.series[${n}].store_id`, 'store');
    for (const [n, { stores = [] }] of promotions.entries())
      for (const [k, id] of stores.entries())
        expect(known, id, `calendar.promotions[${n}].stores[${k}]`, 'store');
  }
  if (typeof data.products !== 'object' && data.products !== undefined) {
    const known = new Set(productsOf(data.products, randomness).map(({ product_id }) => product_id));
    for (const [n, { product_id }] of series.entries())
      expect(known, product_id, `demand.series[${n}].product_id`, 'product');
    for (const [n, { product_id }] of promotions.entries())
      expect(known, product_id, `calendar.promotions[${n}].product_id`, 'product');
    for (const [s, { assortment = [] }] of (typeof data.stores === 'object' ? data.stores : []).entries())
      for (const [n, id] of assortment.entries())
        expect(known, id, `stores[${s}].assortment[${n}]`, 'product');
  }
}

const hasAssortments = ({ stores }: OwnWorld): boolean =>
  typeof stores === 'object' && stores.some(({ assortment }) => assortment !== undefined);

function expect(known: ReadonlySet<string>, id: string, path: string, what: string): void {
  if (!known.has(id))
    throw wrong(path, id, `no ${what} '${id}' among the built-in ones; give \`${what}s\` as a list.`);
}

/** Each product has a price in the currency of each store. */
function checkPrices({ stores, products }: OwnWorld): void {
  if (typeof products !== 'object') return;
  const currencies = new Map<string, string>();
  const note = (currency: string, who: string): void => {
    if (!currencies.has(currency)) currencies.set(currency, who);
  };
  if (typeof stores === 'object')
    for (const [s, store] of stores.entries()) note(currencyFor(store, s), `stores[${s}]`);
  else
    for (let n = 0; n < Math.min(stores ?? 1, placeCount); n++)
      note(currencyOf(placeAt(n).country), `the built-in store ${n + 1}`);
  for (const [p, { unit_price }] of products.entries()) {
    if (unit_price === undefined) continue;
    for (const [currency, who] of currencies) {
      const price = typeof unit_price === 'object' ? unit_price[currency] : unit_price;
      if (withoutHundredths.includes(currency) && price !== undefined && !Number.isInteger(price)) {
        const advice = `no whole price in ${currency}, the currency of ${who}, which has no hundredths.`;
        throw wrong(`products[${p}].unit_price`, unit_price, advice);
      }
      if (typeof unit_price !== 'object') continue;
      if (Object.hasOwn(unit_price, currency)) continue;
      throw wrong(
        `products[${p}].unit_price`,
        unit_price,
        `no price in ${currency}, the currency of ${who}; add it.`,
      );
    }
  }
}

export function currencyFor(store: StoreInput, s: number): string {
  const { currency, location } = store;
  return currency ?? currencyOf((location ?? builtInPlace(store, s) ?? placeAt(s)).country);
}

/** Sixteen hexadecimal digits of a text: a world file may have a million series, and its fingerprint covers them all. */
function digestOf(text: string): string {
  let [a, b] = [0x9e3779b1, 0x85ebca6b];
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    a = Math.imul(a ^ unit, 0x01000193);
    b = Math.imul(b ^ unit, 0x27d4eb2f) ^ (b >>> 15);
  }
  return [a, b].map((half) => (half >>> 0).toString(16).padStart(8, '0')).join('');
}

/** What is thrown where lines are asked for of a world whose extra fields only a function knows. */
export function extraProblem(path: string, value: unknown): Error {
  const expected = 'columns, which can be written as bytes';
  const message = `Expected \`${path}\` to be ${expected}, got a function. Declare the columns: [{ "name": …, "type": …, "from": "store.currency" }].`;
  return invalidOption({ path, value, expected, message });
}
