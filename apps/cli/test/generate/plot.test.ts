import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { InventoryEvent } from '@store/schema';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const world = ['--stores', '2', '--products', '20', '--seed', '7'];
const plain = { env: { NO_COLOR: '1' } };

test('a plot shows stock, reorder point and deliveries in the terminal', async () => {
  const { code, stdout } = await runStore(['generate', ...world, '--plot'], plain);
  expect(code).toBe(0);
  const drawings = stdout.split('\n\n');
  expect(drawings).toHaveLength(3);
  for (const drawing of drawings) {
    expect(drawing).toMatch(/store-000[12]\/SKU-\d{6}/);
    expect(drawing).toMatch(/[\u2801-\u28ff]{3}/);
    expect(drawing).toContain('▲');
    expect(drawing).toContain('5 Jan');
    expect(drawing).toMatch(/reorder point \d+ · below it [\d.]+ % of the time/);
    expect(Math.max(...drawing.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  }
  expect((await runStore(['generate', ...world, '--plot'], plain)).stdout).toBe(stdout);
});

test('a plot of one series is a picture that tells what the events tell', async () => {
  const cwd = await temporaryFolder();
  const series = 'store-0002/SKU-000005';
  const days = ['--days', '60'];
  const flags = ['--plot', 'stock.svg', '--series', series, '--json'];
  const { code, stdout } = await runStore(['generate', ...world, ...days, ...flags], { cwd });
  expect(code).toBe(0);
  const [store, product] = series.split('/');
  const events = (await runStore(['generate', ...world, ...days])).stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as InventoryEvent)
    .filter((event) => event.store_id === store && event.product_id === product);
  const deliveries = events.filter((event) => event.event_type === 'restock');
  expect(JSON.parse(stdout)).toMatchObject({
    file: join(cwd, 'stock.svg'),
    series: [{ store_id: store, product_id: product, deliveries: deliveries.length }],
  });
  const svg = await readFile(join(cwd, 'stock.svg'), 'utf8');
  expect(svg.match(/ delivered<\/title>/g) ?? []).toHaveLength(deliveries.length);
  for (const { event_time, quantity_delta } of deliveries)
    expect(svg).toContain(`${String(event_time)}: ${String(quantity_delta)} delivered`);
  expect(svg).toContain(String(events[0]?.product_name).replaceAll('&', '&amp;'));
});
