import { DuckDBInstance } from '@duckdb/node-api';
import type { InventoryEvent } from '@store/schema';

/** A table of events, as the lake holds them, and SQL on it. */
export interface Lake {
  fill(events: readonly InventoryEvent[]): Promise<void>;
  rows(sql: string): Promise<readonly Record<string, unknown>[]>;
}

const columns = `event_id varchar, store_id varchar, store_name varchar,
  location struct(city varchar, region varchar, country varchar, latitude double, longitude double),
  product_id varchar, product_name varchar, category varchar, event_time timestamp, sequence bigint,
  current_stock integer, min_threshold integer, on_order integer, datehour varchar, unit_price decimal(10,2)`;

/** An empty lake in memory. */
export async function openLake(): Promise<Lake> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  return {
    async fill(events) {
      await connection.run(`create or replace table inventory_events (${columns})`);
      if (events.length === 0) return;
      const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;
      const values = events.map(
        (e) =>
          `(${text(e.event_id)}, ${text(e.store_id)}, ${text(e.store_name)}, {city: ${text(e.location.city)}, region: ${text(e.location.region)}, country: ${text(e.location.country)}, latitude: ${e.location.latitude}, longitude: ${e.location.longitude}}, ${text(e.product_id)}, ${text(e.product_name)}, ${text(e.category)}, ${text(e.event_time)}, ${e.sequence}, ${e.current_stock}, ${e.min_threshold}, ${e.on_order}, ${text(e.event_time.slice(0, 13).replace('T', '-'))}, ${e.unit_price})`,
      );
      await connection.run(`insert into inventory_events values ${values.join(', ')}`);
    },
    async rows(sql) {
      const reader = await connection.runAndReadAll(sql);
      return reader.getRowObjectsJS();
    },
  };
}
