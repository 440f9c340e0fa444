import { expect, test } from 'vitest';
import type { RecordEncoder } from '@store/glue-schema';
import {
  type InventoryEvent,
  inventoryEventColumns,
  inventoryEventEncoder,
  inventoryEventStandardSchema,
  isInventoryEvent,
  isRestockRequest,
  type RestockRequest,
  restockRequestEncoder,
  validateInventoryEvent,
  validateWorkshopEvent,
  type WorkshopEvent,
  workshopEventColumns,
  workshopEventEncoder,
} from '../src/index.js';

const event: InventoryEvent = {
  event_id: 'e-1',
  event_type: 'sale',
  event_time: '2026-01-05T08:30:00.000Z',
  sequence: 17,
  store_id: 'store-0001',
  store_name: 'Łódź “Główny” 🏬',
  location: { city: 'Łódź', region: 'Łódzkie', country: 'PL', latitude: 51.77, longitude: 19.46 },
  product_id: 'sku-1',
  product_name: 'Müsli',
  category: 'food',
  unit_price: '4.99',
  quantity_delta: -1,
  current_stock: 4,
  min_threshold: 5,
  on_order: 0,
  is_low_stock: true,
};

const request: RestockRequest = {
  request_id: 'r-1',
  episode_sequence: 17,
  episode_started_at: '2026-01-05T08:30:00.000Z',
  store_id: 'store-0001',
  store_name: 'Central',
  city: 'Oslo',
  country: 'NO',
  product_id: 'sku-1',
  product_name: 'Muesli',
  category: 'food',
  current_stock: 4,
  min_threshold: 5,
  on_order: 0,
  quantity: 20,
};

const workshop: WorkshopEvent = {
  store_id: 'store-0001',
  product_id: 'sku-1',
  product_name: 'Muesli',
  current_stock: 4,
  threshold_level: 5,
  is_stock_low: true,
  check_timestamp: 1_767_600_000,
  notification_sent: false,
  restock_status: 'none',
};

function encoded<T>(encoder: RecordEncoder<T>, value: T): string {
  const buffer = new Uint8Array(4096);
  return new TextDecoder().decode(buffer.subarray(0, encoder.encodeInto(value, buffer, 0)));
}

test('each encoder writes what JSON.stringify writes', () => {
  expect(encoded(inventoryEventEncoder, event)).toBe(JSON.stringify(event));
  expect(encoded(restockRequestEncoder, request)).toBe(JSON.stringify(request));
  expect(encoded(workshopEventEncoder, workshop)).toBe(JSON.stringify(workshop));
});

test('each validator accepts its own type', () => {
  expect(isInventoryEvent(event)).toBe(true);
  expect(isRestockRequest(request)).toBe(true);
  expect(validateWorkshopEvent(workshop)).toEqual({ ok: true, value: workshop });
});

test('a validator tells every issue with its path', () => {
  const wrong = { ...event, current_stock: 1.5, location: { ...event.location, city: 7 } };
  const result = validateInventoryEvent(wrong);
  expect(result.ok ? [] : result.issues.map(({ path }) => path.join('.')).sort()).toEqual([
    'current_stock',
    'location.city',
  ]);
  expect(inventoryEventStandardSchema['~standard'].validate(wrong)).toHaveProperty('issues');
});

test('the columns are those that Glue takes', () => {
  expect(inventoryEventColumns.map(({ Name, Type }) => `${Name} ${Type}`)).toMatchInlineSnapshot(`
    [
      "event_id string",
      "event_type string",
      "event_time timestamp",
      "sequence bigint",
      "store_id string",
      "store_name string",
      "location struct<city:string,region:string,country:string,latitude:double,longitude:double>",
      "product_id string",
      "product_name string",
      "category string",
      "unit_price decimal(10,2)",
      "quantity_delta int",
      "current_stock int",
      "min_threshold int",
      "on_order int",
      "is_low_stock boolean",
    ]
  `);
  expect(workshopEventColumns).toHaveLength(9);
});
