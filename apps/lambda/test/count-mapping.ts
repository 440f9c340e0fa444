/** A mapping of counts: the rows are `{ shop, item, at, stock }`. */
export const countMapping = {
  version: 1,
  name: 'counts',
  mode: 'snapshot',
  fields: {
    store_id: { from: 'shop' },
    product_id: { from: 'item' },
    event_time: { from: 'at' },
    current_stock: { from: 'stock' },
  },
};
