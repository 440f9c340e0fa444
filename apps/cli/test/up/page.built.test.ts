import { readdir, readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startPageServer, type PageServer } from '../../src/up/page-server.js';
import { hasChromium, launchChromium, openPage } from './browser.js';
import { pretendBackend, type PretendBackend } from './pretend-backend.js';

const pageDir = join(import.meta.dirname, '..', '..', '..', 'dashboard', 'dist');
const maxScriptBytes = 35 * 1024;

test('the script of the page is at most 35 KiB, compressed', async () => {
  const assets = join(pageDir, 'assets');
  const scripts = (await readdir(assets)).filter((name) => name.endsWith('.js'));
  expect(scripts).toHaveLength(1);
  expect(gzipSync(await readFile(join(assets, scripts[0] ?? '')), { level: 9 }).length).toBeLessThanOrEqual(
    maxScriptBytes,
  );
});

describe.skipIf(!hasChromium)('the page in Chromium', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  async function open(): Promise<{
    page: Page;
    backend: PretendBackend;
    server: PageServer;
    problems: string[];
  }> {
    const backend = pretendBackend(10, 20);
    const server = await startPageServer(0, pageDir, backend);
    const page = await openPage(browser);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    onTestFinished(async () => {
      await page.close();
      backend.stop();
      await server.close();
    });
    await page.goto(server.url);
    await page.getByRole('img', { name: /Stock against reorder point/ }).waitFor();
    return { page, backend, server, problems };
  }

  test('pause, speed and seek reach the world, and the page shows what the world says', async () => {
    const { page, backend, problems } = await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByLabel('Speed').selectOption('3600');
    await page.getByLabel('Move the world to a day').fill('3');
    await expect
      .poll(() => backend.asked)
      .toEqual([
        { action: 'pause' },
        { action: 'speed', speed: 3600 },
        { action: 'seek', at: '2026-01-08T00:00:00.000Z' },
      ]);
    expect(problems).toEqual([]);
  });

  test('the arrow keys choose a shelf, and the chart follows', async () => {
    const { page } = await open();
    const map = page.getByRole('img', { name: /Stock against reorder point/ });
    await map.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Store 2, Oslo · Product 1 ·/).waitFor();
    await page.getByRole('heading', { name: /Product 1\b.*Store 2/ }).waitFor();
  });

  test('a click on the heat map and on a low shelf choose that shelf', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    const box = await page.getByRole('img', { name: /Stock against reorder point/ }).boundingBox();
    await page.mouse.click(
      (box?.x ?? 0) + (box?.width ?? 0) * 0.99,
      (box?.y ?? 0) + (box?.height ?? 0) * 0.99,
    );
    await page.getByText(/^Store 9, Oslo · Product 19 ·/).waitFor();
    const shelf = page
      .getByRole('region', { name: /Low stock/ })
      .getByRole('button')
      .first();
    const name = (await shelf.textContent()) ?? '';
    await shelf.click();
    await page.getByRole('heading', { name: new RegExp(`^${name} `) }).waitFor();
  });

  test('a named query fills the box and shows rows; a wrong statement shows the error', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    await page.getByLabel('SQL statement').fill('nonsense');
    await page.getByLabel('SQL statement').press('Control+Enter');
    await page.getByText('syntax error at or near "nonsense"').waitFor();
  });

  test('faults are switches', async () => {
    const { page, backend } = await open();
    const kill = page.getByRole('button', { name: /Kill the endpoint/ });
    await kill.click();
    await page.getByText('the endpoint is down').waitFor();
    await page.getByRole('button', { name: /Start it again/ }).click();
    await page.getByText('the endpoint answers').waitFor();
    expect(backend.asked).toEqual([
      { action: 'fault', fault: 'kill', on: true },
      { action: 'fault', fault: 'kill', on: false },
    ]);
  });

  test('when the server goes away the page says so, and goes on when it is back', async () => {
    const { page, backend, server } = await open();
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByText('connection lost, trying again').waitFor();
    const again = await startPageServer(port, pageDir, backend);
    onTestFinished(async () => again.close());
    await page.getByText('running', { exact: true }).waitFor();
  });
});

test('a request under another host name, or a post from a form, is refused', async () => {
  const backend = pretendBackend(2, 2);
  const server = await startPageServer(0, pageDir, backend);
  onTestFinished(async () => {
    backend.stop();
    await server.close();
  });
  const rebound = await new Promise<number | undefined>((resolve, reject) => {
    get(server.url, { headers: { host: 'evil.example' } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).on('error', reject);
  });
  expect(rebound).toBe(403);
  const form = await fetch(`${server.url}api/control`, { method: 'POST', body: 'action=pause' });
  expect(form.status).toBe(415);
  expect(backend.asked).toEqual([]);
});
