import { DuckDBInstance } from '@duckdb/node-api';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { hasChromium, launchChromium, openPage } from './browser.js';

const source = join(import.meta.dirname, '..', '..', 'src', 'main.ts');
// A net for what hangs: each wait ends when the page shows what it waits for.

interface Up {
  readonly page: string;
  readonly lakeDir: string;
  /** Ctrl-C; gives what it said last, and how it ended. */
  stop(): Promise<{ readonly code: number | null; readonly said: string }>;
}

/** Starts `store up` as its own process, as a person would. */
async function storeUp(): Promise<Up> {
  const data = join(await temporaryFolder(), 'up');
  const world = ['--stores', '6', '--products', '30', '--days', '60', '--speed', '14400'];
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--conditions=@store/source',
      source,
      'up',
      '--port',
      '0',
      '--json',
      '--data',
      data,
      ...world,
    ],
    { env: { PATH: process.env.PATH ?? '' }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  const closed = once(child, 'close');
  const stop = async (): Promise<{ code: number | null; said: string }> => {
    child.kill('SIGINT');
    await closed;
    return { code: child.exitCode, said };
  };
  onTestFinished(async () => {
    if (child.exitCode === null) await stop();
  });
  const [greeting] = (await Promise.race([once(child.stdout, 'data'), closed])) as [Buffer];
  return { ...(JSON.parse(greeting.toString('utf8')) as { page: string; lakeDir: string }), stop };
}

async function open(url: string): Promise<Page> {
  const browser = await launchChromium();
  onTestFinished(async () => browser.close());
  const page = await openPage(browser);
  await page.goto(url);
  await page.getByRole('img', { name: /Stock against reorder point/ }).waitFor();
  return page;
}

const button = (page: Page, name: RegExp | string): Locator => page.getByRole('button', { name });

/** A number of the page, by the word beside it. */
async function gauge(page: Page, panel: string, name: string): Promise<number> {
  const shown = await page
    .getByRole('region', { name: panel })
    .locator('.gauge', { has: page.locator('dt', { hasText: new RegExp(`^${name}$`) }) })
    .locator('dd')
    .textContent();
  return Number((shown ?? '').replaceAll(',', ''));
}

async function distinctEvents(lakeDir: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const rows = await connection.runAndReadAll(
      `select count(distinct event_id) as n from read_parquet('${lakeDir}/**/*.parquet')`,
    );
    return Number(rows.getRowObjects()[0]?.n);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

test.skipIf(!hasChromium)(
  'store up, driven from its page through every fault: what the page says was accepted lies in the lake',
  async () => {
    const up = await storeUp();
    const page = await open(up.page);
    const state = page.locator('header [role=status]');
    const kill = button(page, /Kill the endpoint/);

    // The clock stands while the world is paused, and goes on.
    await button(page, 'Pause').click();
    await expect.poll(async () => state.textContent()).toBe('paused');
    const clock = page.getByLabel('World time');
    const stoodAt = await clock.getAttribute('datetime');
    await button(page, 'Resume').click();
    await page.getByLabel('Speed').selectOption('3600');
    await expect.poll(async () => clock.getAttribute('datetime')).not.toBe(stoodAt);
    await page.getByLabel('Speed').selectOption('14400');

    // A shelf of the list is shown in the chart; a dispatched truck arrives.
    const shelf = page
      .getByRole('region', { name: /Low stock/ })
      .getByRole('button')
      .first();
    await shelf.waitFor();
    // While the world stands, the list does not move on between a look and a click.
    await button(page, 'Pause').click();
    await expect.poll(async () => state.textContent()).toBe('paused');
    const product = (await shelf.textContent()) ?? '';
    await shelf.click();
    await page.getByRole('heading', { name: new RegExp(`^${product} `) }).waitFor();
    await button(page, 'Resume').click();
    await page.getByRole('heading', { name: /[1-9]\d* arrived/ }).waitFor();

    await button(page, 'low-stock').click();
    await page
      .getByRole('region', { name: 'Rows' })
      .getByRole('columnheader', { name: 'store_id' })
      .waitFor();

    await button(page, /Throttle/).click();
    await expect.poll(async () => gauge(page, 'Producer', 'retries')).toBeGreaterThan(0);
    await button(page, /Throttle/).click();

    await button(page, /Reset/).click();
    await expect.poll(async () => gauge(page, 'Producer', 'ambiguous')).toBeGreaterThan(0);
    await button(page, /Reset/).click();

    await kill.click();
    await page.getByText('the endpoint is down').waitFor();
    await expect.poll(async () => gauge(page, 'Producer', 'waiting')).toBeGreaterThan(0);
    await page.getByLabel('SQL statement').fill('select 1');
    await button(page, /^Run/).click();
    await page.getByText('The endpoint is down: start it again first.').waitFor();
    await button(page, /Start it again/).click();
    await page.getByText('the endpoint answers').waitFor();

    // The world is moved, and goes on from there.
    await page.getByLabel('Move the world to a day').fill('39');
    await page.getByText(/Day 4\d of 60/).waitFor();

    await button(page, 'Pause').click();
    await expect.poll(async () => state.textContent()).toBe('paused');
    await expect.poll(async () => gauge(page, 'Producer', 'waiting')).toBe(0);
    const accepted = await gauge(page, 'Producer', 'accepted');
    expect(accepted).toBeGreaterThan(100);
    expect(await gauge(page, 'Producer', 'given up')).toBe(0);
    await expect.poll(async () => gauge(page, 'Lake', 'distinct events')).toBe(accepted);
    await page.getByLabel('SQL statement').fill('select count(distinct event_id) as n from inventory_events');
    await button(page, /^Run/).click();
    await page.getByRole('cell', { name: String(accepted), exact: true }).waitFor();

    const { code, said } = await up.stop();
    expect(said).toContain(
      `${accepted.toLocaleString('en-US')} of ${accepted.toLocaleString('en-US')} events were delivered`,
    );
    expect(code).toBe(130);
    expect(await distinctEvents(up.lakeDir)).toBe(accepted);
  },
);
