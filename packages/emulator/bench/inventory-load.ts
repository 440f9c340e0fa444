/** Inventory-like events for the benchmarks: 16 columns, one nested, some 390 bytes of JSON. */

/** Columns of the events, as Glue has them. */
export const eventColumns: { Name: string; Type: string }[] = [
  { Name: 'event_id', Type: 'string' },
  { Name: 'event_type', Type: 'string' },
  { Name: 'event_time', Type: 'timestamp' },
  { Name: 'sequence', Type: 'bigint' },
  { Name: 'store_id', Type: 'string' },
  { Name: 'store_name', Type: 'string' },
  {
    Name: 'location',
    Type: 'struct<city:string,region:string,country:string,latitude:double,longitude:double>',
  },
  { Name: 'product_id', Type: 'string' },
  { Name: 'product_name', Type: 'string' },
  { Name: 'category', Type: 'string' },
  { Name: 'unit_price', Type: 'decimal(10,2)' },
  { Name: 'quantity_delta', Type: 'int' },
  { Name: 'current_stock', Type: 'int' },
  { Name: 'min_threshold', Type: 'int' },
  { Name: 'on_order', Type: 'int' },
  { Name: 'is_low_stock', Type: 'boolean' },
];

const START = Date.UTC(2026, 0, 5);

/** Event `n` as JSON: 200 stores, 500 products, `perHour` events to an hour of event time. */
export function eventText(n: number, perHour: number): string {
  const store = n % 200;
  const product = (n * 7919) % 500;
  const stock = (n * 31) % 120;
  const at = new Date(START + Math.floor((n * 3_600_000) / perHour)).toISOString();
  const id = `0190a0b0-${String(n).padStart(12, '0')}-${String(store).padStart(4, '0')}`;
  return (
    `{"event_id":"${id}","event_type":"sale","event_time":"${at}","sequence":${n},` +
    `"store_id":"store-${String(store).padStart(4, '0')}","store_name":"Store ${store}",` +
    `"location":{"city":"Porto","region":"Norte","country":"PT","latitude":41.15,"longitude":-8.61},` +
    `"product_id":"SKU-${String(product).padStart(6, '0')}","product_name":"Product ${product}","category":"grocery",` +
    `"unit_price":"${(product % 90) + 1}.49","quantity_delta":-1,"current_stock":${stock},` +
    `"min_threshold":20,"on_order":0,"is_low_stock":${stock < 20}}`
  );
}
