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
/** Compressed, in bytes: what the first view loads, and everything together. */
const most = { live: 45_000, total: 60_000 };

test('the first view loads at most 45 KB of script, and all of it is at most 60, compressed', async () => {
  const assets = join(pageDir, 'assets');
  const html = await readFile(join(pageDir, 'index.html'), 'utf8');
  const sizes = new Map<string, number>();
  for (const name of (await readdir(assets)).filter((one) => one.endsWith('.js')))
    sizes.set(name, gzipSync(await readFile(join(assets, name)), { level: 9 }).length);
  const [entry = ''] = [...sizes.keys()].filter((name) => html.includes(name));
  const imported = await readFile(join(assets, entry), 'utf8');
  // The entry, and the chunks that it cannot do without; views are loaded by a call of import.
  const first = [...sizes].filter(([name]) => name === entry || imported.includes(`from"./${name}"`));
  const sum = (all: Iterable<readonly [string, number]>): number =>
    [...all].reduce((total, [, size]) => total + size, 0);
  expect(sum(first)).toBeLessThanOrEqual(most.live);
  expect(sum(sizes)).toBeLessThanOrEqual(most.total);
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
    await page.getByRole('grid', { name: /Shelves/ }).waitFor();
    return { page, backend, server, problems };
  }

  test('pause, speed and seek reach the world, and the page shows what the world says', async () => {
    const { page, backend, problems } = await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.getByRole('button', { name: '1 h/s' }).click();
    await page.getByRole('button', { name: 'Go to Thu 8 Jan' }).click();
    await page.getByText('This begins run 2. Run 1 stays in the lake.').waitFor();
    await page.getByRole('button', { name: 'Begin run 2' }).click();
    await expect
      .poll(() => backend.asked)
      .toEqual([
        { action: 'pause' },
        { action: 'speed', speed: 3600 },
        { action: 'seek', at: '2026-01-08T00:00:00.000Z' },
      ]);
    expect(problems).toEqual([]);
  });

  test('the first screen has a shelf that is short, its stock from the start on, and words for every part', async () => {
    const { page, problems } = await open();
    const chart = page.getByRole('region', { name: /^Product \d+, Store \d+$/ });
    await chart.getByRole('img').waitFor();
    await chart.getByText(/^\d+ on hand, reorder at 20/).waitFor();
    await page.getByText(/^\d+ of 200 short, \d+ empty$/).waitFor();
    for (const part of ['World', 'Producer', 'Endpoint', 'Lake', 'Planner', 'Trucks'])
      await page.getByRole('group', { name: part, exact: true }).waitFor();
    await expect.poll(async () => page.getByRole('status').textContent()).toBe('All well, 0 lost');
    for (const series of ['Events per second', 'Freshness', 'Waiting', 'Lost'])
      await page.getByRole('img', { name: new RegExp(`^${series}, newest`) }).waitFor();
    expect(problems).toEqual([]);
  });

  test('at 1440 by 900 all of it is seen without scrolling, down to the foot of the chart', async () => {
    const { page } = await open();
    await page.setViewportSize({ width: 1440, height: 900 });
    const chart = page.getByRole('region', { name: /^Product \d+, Store \d+$/ });
    await chart.getByRole('img').waitFor();
    const foot = async (): Promise<number> => {
      const box = await chart.boundingBox();
      return (box?.y ?? Infinity) + (box?.height ?? 0);
    };
    await expect.poll(foot).toBeLessThanOrEqual(900);
  });

  test('a telephone has the speed, the link and every other control', async () => {
    const { page, backend } = await open();
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: '1 h/s' }).click();
    await expect.poll(() => backend.asked).toEqual([{ action: 'speed', speed: 3600 }]);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByRole('button', { name: /^Cop(ied|y it from the address bar)$/ }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  test('the chain and the history show the same numbers', async () => {
    const { page, problems } = await open();
    await page.getByRole('img', { name: /^Waiting, newest/ }).waitFor();
    const words = async (): Promise<readonly string[]> =>
      page.evaluate<string[]>(`['Producer', 'Lake', 'World'].map((part) =>
        document.querySelector('[role=group][aria-label=' + part + ']').innerText).concat(
        ['Waiting', 'Freshness', 'Events per second'].map((series) =>
        document.querySelector('[role=img][aria-label^="' + series + '"]').parentElement.innerText))`);
    let before: readonly string[] = [];
    for (let look = 0; look < 5; look++) {
      await expect.poll(words).not.toEqual(before);
      before = await words();
      const [producer = '', lake = '', world = '', waiting = '', freshness = '', rate = ''] = before;
      expect(waiting).toContain(/(\S+) waiting/.exec(producer)?.[1]);
      expect(freshness).toContain(/newest (.+) old/.exec(lake)?.[1]);
      expect(rate).toContain(/(\S+) events\/s/.exec(world)?.[1]);
    }
    expect(problems).toEqual([]);
  });

  test('a server that holds the connection and says nothing more is named as what is silent', async () => {
    const { page, backend } = await open();
    backend.hang();
    await page.getByText(/^Server silent for [\d.]+ s$/).waitFor();
    expect(await page.getByRole('status').textContent()).toBe('Server silent');
    // The axis ends where the news does.
    await page
      .getByRole('region', { name: 'History' })
      .getByText(/^\d\d:\d\d:\d\d$/)
      .last()
      .waitFor();
    expect(
      await page.getByRole('region', { name: 'History' }).getByText('now', { exact: true }).count(),
    ).toBe(0);
  });

  test('the tour shows its part from its first step on, and Escape ends it from wherever the focus is', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: 'SQL' }).click();
    await page.getByLabel('SQL statement').waitFor();
    expect(await page.title()).toBe('store · SQL');
    await page.getByRole('button', { name: '5-minute tour' }).click();
    await page.getByRole('dialog', { name: 'Tour' }).waitFor();
    await page.locator('section.lit').getByRole('heading', { name: 'Shelves' }).waitFor();
    expect(await page.title()).toBe('store · Live');
    await page.getByLabel('Find a store or product').focus();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Tour' }).waitFor({ state: 'detached' });
    expect(await page.evaluate('document.activeElement.textContent')).toBe('5-minute tour');
    expect(await page.locator('.lit').count()).toBe(0);
    await page.goBack();
    await page.getByLabel('SQL statement').waitFor();
  });

  test('the arrow keys choose a shelf, and the chart and the address follow', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'A to Z' }).click();
    const address = page.url().split('#')[0] ?? '';
    await page.goto(`${address}#live?shelf=S0/P0&order=name`);
    await page.getByRole('heading', { name: 'Product 0, Store 0', exact: true }).waitFor();
    await page.getByRole('grid', { name: /Shelves/ }).focus();
    // Stores of one city are neighbours: Store 4 is the next one of Oslo.
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.getByRole('heading', { name: 'Product 1, Store 4', exact: true }).waitFor();
    expect(page.url()).toContain('shelf=S4/P1');
    await page.goBack();
    await page.getByRole('heading', { name: 'Product 1, Store 0', exact: true }).waitFor();
  });

  test('a click on the map and on a low shelf choose that shelf', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Every shelf' }).click();
    const box = await page.getByRole('grid', { name: /Shelves/ }).boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + (box?.height ?? 0) - 10);
    // The last category and the last store of the last city.
    await page.getByRole('heading', { name: /^Product 1[6-9], Store 7$/ }).waitFor();
    const low = page.getByRole('region', { name: 'Low stock' });
    const shelf = low.getByRole('row').nth(3);
    const name = (await shelf.getByRole('button').textContent()) ?? '';
    await shelf.click();
    await page.getByRole('heading', { name: new RegExp(`^${name}, `) }).waitFor();
  });

  test('low stock is there in full: searched, sorted, and only what is seen is in the tree', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Pause' }).click();
    const low = page.getByRole('region', { name: 'Low stock' });
    await low.getByRole('row').nth(5).waitFor();
    await low.getByRole('button', { name: 'Shelf', exact: true }).click();
    await low
      .getByRole('columnheader', { name: 'Shelf', exact: true })
      .and(page.locator('[aria-sort=ascending]'))
      .waitFor();
    await page.getByLabel('Find a store or product').fill('Pantry store');
    await low.getByText(/^\d+ found$/).waitFor();
    await expect.poll(async () => low.getByText(/^Product (1[0-5]|\d)$/).count()).toBe(0);
    const link = page.url();
    const other = await openPage(browser);
    onTestFinished(async () => other.close());
    await other.goto(link);
    await expect
      .poll(async () => other.getByLabel('Find a store or product').inputValue())
      .toBe('Pantry store');
    await page.getByLabel('Find a store or product').fill('no such thing');
    await low.getByText('No low shelf has this name.').waitFor();
    await page.getByLabel('Find a store or product').fill('');
    await expect.poll(async () => low.getByRole('row').count()).toBeGreaterThan(10);
    expect(await low.getByRole('row').count()).toBeLessThanOrEqual(31);
  });

  test('a city and a category are a block, and a press on it lists its shelves', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'City × category' }).click();
    const box = await page.getByRole('grid', { name: /Shelves/ }).boundingBox();
    await page.mouse.click((box?.x ?? 0) + (box?.width ?? 0) - 4, (box?.y ?? 0) + (box?.height ?? 0) - 10);
    const list = page.getByRole('dialog', { name: 'Porto, Pantry' });
    await list.getByRole('listitem').nth(7).waitFor();
    await list.getByRole('button', { name: /Product 17.*Store 3/ }).click();
    await page.getByRole('heading', { name: 'Product 17, Store 3', exact: true }).waitFor();
    // By the keyboard it is that of the chosen shelf.
    await page.getByRole('grid', { name: /Shelves/ }).press('Enter');
    await list.waitFor();
    await page.keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
  });

  test('a named query fills the box and shows rows; a wrong statement shows the error', async () => {
    const { page } = await open();
    await page.getByRole('link', { name: 'SQL' }).click();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    await page.getByLabel('SQL statement').fill('nonsense');
    await page.getByLabel('SQL statement').press('Control+Enter');
    await page.getByText('syntax error at or near "nonsense"').waitFor();
  });

  test('faults are switches', async () => {
    const { page, backend } = await open();
    await page.getByRole('button', { name: 'Kill the endpoint' }).click();
    await page.getByText(/^Endpoint down for /).waitFor();
    await page.getByRole('group', { name: 'Endpoint', exact: true }).getByText('no answer').waitFor();
    await page.getByRole('button', { name: 'Start the endpoint' }).click();
    await expect.poll(async () => page.getByRole('status').textContent()).toBe('All well, 0 lost');
    const told = page.getByRole('region', { name: 'What happened' });
    await told.getByText(/^Endpoint back after .*, 0 lost$/).waitFor();
    expect(backend.asked).toEqual([
      { action: 'fault', fault: 'kill', on: true },
      { action: 'fault', fault: 'kill', on: false },
    ]);
  });

  test('when the server goes away the page says so, and continues when it is back', async () => {
    const { page, backend, server } = await open();
    const port = Number(new URL(server.url).port);
    await server.close();
    await page.getByText('The server does not answer').first().waitFor();
    await page.getByRole('link', { name: 'SQL' }).click();
    await page
      .getByRole('alert')
      .getByText('The server does not answer: what you see is from before')
      .waitFor();
    await page.getByText('This part of the page could not be loaded.').waitFor();
    await page.getByRole('link', { name: 'Live' }).click();
    const again = await startPageServer(port, pageDir, backend);
    onTestFinished(async () => again.close());
    await expect.poll(async () => page.getByRole('status').textContent()).toBe('All well, 0 lost');
    // The log continues where it broke: nothing is told twice.
    expect(await page.getByRole('region', { name: 'What happened' }).getByText('Run 1 begins').count()).toBe(
      1,
    );
  });
});

test('a request under another host name, or a post from a form, is refused; HEAD is answered as GET', async () => {
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
  for (const path of ['api/low', 'api/feed', 'api/series?store=S0&product=P0'])
    expect((await fetch(server.url + path, { method: 'HEAD' })).status).toBe(200);
  expect(backend.asked).toEqual([]);
});
