import type { MappingDocument } from '../mapping/document.js';

/**
 * Names: UCI Machine Learning Repository, "Online Retail" and "Online Retail II"; the form of dates and the encoding: from
 * files in circulation. An invoice whose number begins with C is a cancellation, with A an adjustment of the books.
 */
export const uciOnlineRetail: MappingDocument = {
  version: 1,
  name: 'uci-online-retail',
  description: 'UCI Online Retail, both editions, saved as CSV: one row for each line of an invoice',
  encoding: 'windows-1252',
  zone: 'Europe/London',
  skipWhen: { quantity_delta: ['0'] },
  fields: {
    event_type: {
      from: ['InvoiceNo', 'Invoice'],
      enum: { 'C*': 'return', 'c*': 'return', 'A*': 'adjustment', '*': 'sale' },
    },
    event_time: {
      from: 'InvoiceDate',
      format: ['M/d/yyyy H:mm', 'yyyy-MM-dd HH:mm:ss', 'dd-MM-yyyy HH:mm'],
    },
    store_id: { const: 'online-retail' },
    country: { const: 'GB' },
    product_id: { from: 'StockCode' },
    product_name: { from: 'Description' },
    unit_price: { from: ['UnitPrice', 'Price'] },
    quantity_delta: { from: 'Quantity', negate: true },
  },
  // Lines of one invoice may be alike; the same file sent twice has them at the same places.
  key: ['event_time', 'product_id', 'quantity_delta', 'record'],
};

/** Names and the date of d_1: M5 Forecasting, "The M5 Competition: Competitors' Guide"; the zone follows from the state. */
export const m5Sales: MappingDocument = {
  version: 1,
  name: 'm5-sales',
  description:
    'M5, sales_train_*.csv: a column for each day; each cell above 0 is the sales of a day, at noon',
  unpivot: { name: 'day', columns: { units: 'd_*' } },
  skipWhen: { units: ['0', ''] },
  fields: {
    event_type: { const: 'sale' },
    event_time: {
      from: 'day',
      dayOne: '2011-01-29',
      zoneBy: {
        from: 'state_id',
        enum: { CA: 'America/Los_Angeles', TX: 'America/Chicago', WI: 'America/Chicago' },
      },
    },
    store_id: { from: 'store_id' },
    region: { from: 'state_id' },
    country: { const: 'US' },
    product_id: { from: 'item_id' },
    product_name: { from: 'item_id' },
    category: { from: 'dept_id' },
    quantity_delta: { from: 'units', negate: true },
  },
  key: ['store_id', 'product_id', 'event_time'],
};

/** From practice: Corporación Favorita, train.csv. Fractions are kilograms: they are kept aside, unless `times` gives a unit. */
export const favorita: MappingDocument = {
  version: 1,
  name: 'favorita',
  description: 'Favorita grocery sales, train.csv: the sales of a day, negative where more came back',
  looseNames: ['*'],
  zone: 'America/Guayaquil',
  skipWhen: { quantity_delta: ['0', '0.0'] },
  fields: {
    event_type: { from: 'unit_sales', enum: { '-*': 'return', '*': 'sale' } },
    event_time: { from: 'date' },
    store_id: { from: 'store_nbr' },
    country: { const: 'EC' },
    product_id: { from: 'item_nbr' },
    quantity_delta: { from: 'unit_sales', negate: true },
  },
  key: ['store_id', 'product_id', 'event_time'],
};
