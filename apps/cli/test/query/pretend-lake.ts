import { DuckDBInstance } from '@duckdb/node-api';
import { toDuckDbColumns } from '@store/glue-schema';
import { inventoryEventSchema, type InventoryEvent } from '@store/schema';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** An event with everything filled in, for tests that care about a few fields. */
export function eventWith(fields: Partial<InventoryEvent>): InventoryEvent {
  const event = {
    event_id: `e-${fields.store_id ?? 'S1'}-${fields.sequence ?? 1}`,
    event_type: 'sale' as const,
    event_time: '2026-01-05T08:30:00.000Z',
    sequence: 1,
    store_id: 'S1',
    store_name: 'Harbour',
    location: { city: 'Oslo', region: 'Oslo', country: 'NO', latitude: 59.9, longitude: 10.7 },
    product_id: 'P1',
    product_name: 'Oat milk',
    category: 'dairy',
    unit_price: 2.5,
    quantity_delta: -1,
    current_stock: 10,
    min_threshold: 5,
    on_order: 0,
    ...fields,
  };
  return { is_low_stock: event.current_stock < event.min_threshold, ...event };
}

/** Writes a Parquet file with the columns of the schema into a lake, where it has runs into one of them; gives its path. */
export async function writeLake(
  folder: string,
  events: readonly InventoryEvent[],
  name = 'events',
  run?: number,
): Promise<string> {
  const hour = join(folder, 'store-lake', 'inventory', 'datehour=2026-01-05-08');
  const partition = run === undefined ? hour : join(hour, `run=${run}`);
  await mkdir(partition, { recursive: true });
  const source = join(folder, '.events.ndjson');
  await writeFile(source, events.map((event) => `${JSON.stringify(event)}\n`).join(''));
  const columns = toDuckDbColumns(inventoryEventSchema).map(
    ({ name, type }) => `${name}: '${type.replaceAll("'", "''")}'`,
  );
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const path = join(partition, `${name}.parquet`);
  await connection.run(
    `copy (select * from read_json('${source}', format = 'newline_delimited', columns = {${columns.join(', ')}})) to '${path}' (format parquet)`,
  );
  connection.closeSync();
  instance.closeSync();
  return path;
}
