import { centsOf } from '../model/currencies.js';
import { productAt, type Product } from '../model/products.js';
import type { Randomness } from '../model/randomness.js';
import type { ProductInput } from './world-file.js';

/** Products of a list of one's own; what an entry leaves out is drawn at its number's addresses. */
export function ownProducts(inputs: readonly ProductInput[], randomness: Randomness): readonly Product[] {
  return Object.freeze(
    inputs.map((input, index) => {
      // The count decides names and categories only, which are not taken.
      const drawn = productAt(index, inputs.length, randomness);
      const { product_id, product_name = product_id, category = 'General', packUnits, unit_price } = input;
      const [firstName = product_id] =
        typeof product_name === 'string' ? [product_name] : Object.values(product_name);
      const [firstPrice] = typeof unit_price === 'object' ? Object.values(unit_price) : [unit_price];
      return Object.freeze({
        index,
        product_id,
        product_name: firstName,
        category,
        unit: 'piece',
        priceCents:
          firstPrice === undefined ? 100 + (randomness.ofProduct(index, 1)[0] % 900) : centsOf(firstPrice),
        packUnits: packUnits ?? drawn.packUnits,
        ...(input.shelfLifeDays === undefined ? {} : { shelfLifeDays: input.shelfLifeDays }),
        ...(input.launched === undefined ? {} : { launched: input.launched }),
        input,
      });
    }),
  );
}
