import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startPageServer } from '../../src/up/page-server.js';
import { hasChromium, launchChromium, openPage } from './browser.js';
import { pretendBackend } from './pretend-backend.js';
import { storeUp } from './store-up.js';

const pageDir = join(import.meta.dirname, '..', '..', '..', 'dashboard', 'dist');

/** What axe-core, of which the tests know only this, has found. */
interface Findings {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

async function open(browser: Browser): Promise<Page> {
  const backend = pretendBackend(10, 20);
  const server = await startPageServer(0, pageDir, backend);
  const page = await openPage(browser);
  onTestFinished(async () => {
    await page.close();
    backend.stop();
    await server.close();
  });
  await page.goto(server.url);
  await page.getByRole('grid', { name: /Shelves/ }).waitFor();
  await page.getByRole('row').nth(3).waitFor();
  return page;
}

/** Runs all rules. */
async function findings(page: Page): Promise<readonly string[]> {
  // Once a page: the views are one document.
  if (await page.evaluate<boolean>(`typeof axe === 'undefined'`)) await page.evaluate(axe.source);
  // What passes is not put into words, and the one style sheet is not fetched again: a third less time.
  const all = { resultTypes: ['violations'], preload: false };
  const { violations } = await page.evaluate<Findings>(`axe.run(${JSON.stringify(all)})`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

describe.skipIf(!hasChromium)('the page for everybody', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser.close();
  });

  test('axe finds nothing to fix in any view: light and dark, wide and narrow', async () => {
    const up = await storeUp(['--stores', '6', '--products', '20', '--days', '7', '--speed', '600']);
    const page = await openPage(browser);
    onTestFinished(async () => page.close());
    const faultless = async (state: string): Promise<void> => {
      for (const [width, height] of [
        [1440, 900],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          expect(await findings(page), `${state}, ${width}, ${colorScheme}`).toEqual([]);
        }
      }
      await page.setViewportSize({ width: 1440, height: 900 });
    };
    const view = async (hash: string): Promise<void> => {
      await page.goto(`${up.page}#${hash}`);
    };
    const look = async (name: string, list: string): Promise<void> => {
      await view(`data?look=${name}`);
      await page.getByRole('group', { name: list }).getByRole('row').nth(1).getByRole('button').click();
      // What is known of the entry has come.
      await page.getByRole('group', { name: 'Chosen entry' }).locator('dl, ul').first().waitFor();
      await faultless(list);
    };

    await view('data?look=send');
    await page.getByRole('button', { name: 'A wrong type' }).click();
    await page.getByRole('button', { name: 'Send the record' }).click();
    await page.getByText(/^Acknowledged, and in the error output/).waitFor();
    await faultless('Send a record');
    await look('events', 'Events');
    await look('calls', 'Calls');
    await look('errors', 'Error output');
    await look('requests', 'Restock requests');
    await view('data?look=files');
    await page.getByRole('button', { name: 'Flush now' }).click();
    await look('files', 'Files');

    await view('sql');
    await faultless('no statement');
    await page.getByLabel('SQL statement').fill('select 1 as answer; select nonsense');
    await page.getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('alert').waitFor();
    await faultless('rows and an error');

    await view('live');
    await page.getByRole('row').nth(3).waitFor();
    await page.getByRole('button', { name: '5-minute tour' }).click();
    await page.getByRole('button', { name: 'Kill the endpoint' }).click();
    await page.getByText(/^Endpoint down for /).waitFor();
    await faultless('Live, with the tour and the endpoint down');
    await page.getByRole('button', { name: 'Start the endpoint' }).click();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Kill the endpoint' }).waitFor();
    await faultless('Live');
    await page.getByRole('button', { name: 'Go to Tue 6 Jan' }).click();
    await page.getByRole('button', { name: 'Begin run 2' }).waitFor();
    await faultless('a question');
    await page.getByRole('button', { name: 'Begin run 2' }).click();
    await page.getByLabel('Run', { exact: true }).selectOption('1');
    await page.getByRole('note').waitFor();
    await page.getByRole('button', { name: 'City × category' }).click();
    const map = await page.getByRole('grid', { name: /Shelves/ }).boundingBox();
    await page.mouse.click((map?.x ?? 0) + (map?.width ?? 0) - 40, (map?.y ?? 0) + 40);
    await page.getByRole('dialog').getByRole('listitem').first().waitFor();
    await faultless('an older run, and a block');
  });

  test('everything is reached by Tab, in the order of reading, and nothing holds the focus', async () => {
    const page = await open(browser);
    // A list that changes under the focus would be another question.
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.mouse.click(5, 5);
    const reached: string[] = [];
    const focused = async (): Promise<string> =>
      page.evaluate(
        `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()`,
      );
    const tab = async (): Promise<void> => {
      await page.keyboard.press('Tab');
      reached.push(await focused());
    };
    for (let press = 0; press < 120 && !reached.some((text) => text.startsWith('Find a')); press++)
      await tab();
    const order = [
      'Resume',
      '1 h/s',
      'Go to Thu 8 Jan',
      'Copy link',
      'Throttle',
      'Kill the endpoint',
      'Shelves by city',
      'Find a store',
    ];
    const places = order.map((name) => reached.findIndex((text) => text.startsWith(name)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    // Behind the search are four orders, and all rows are one stop.
    for (let press = 0; press < 6; press++) await tab();
    const [shelf = '', next = ''] = reached.slice(-2);
    expect(reached.slice(-6, -2)).toEqual(['Shelf', 'Stock / reorder at', 'On order', 'Short for']);
    expect(shelf).toMatch(/^Product \d+$/);
    expect(next).not.toMatch(/^Product/);
    await page.keyboard.press('Shift+Tab');
    const rows = page.getByRole('region', { name: 'Low stock' }).locator('tbody').getByRole('button');
    const names = await rows.allTextContents();
    const from = names.indexOf(shelf);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(names[from + 2]);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(names[from + 1]);
    // The list is left from where one is in it, and one comes back to there.
    await page.keyboard.press('Tab');
    await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe(names[from + 1]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: new RegExp(`^${names[from + 1]}, `) }).waitFor();
  });

  test('a shelf that leaves the list with the focus leaves it to the list', async () => {
    const page = await open(browser);
    const low = page.getByRole('region', { name: 'Low stock' });
    await low.locator('tbody').getByRole('button').first().focus();
    await page.keyboard.press('ArrowDown');
    const isInList = `document.querySelector('#low tbody').contains(document.activeElement)`;
    expect(await page.evaluate(isInList)).toBe(true);
    const shelf = await page.evaluate<string>('document.activeElement.textContent');
    // The first four products are the bakery.
    const other = Number(/\d+/.exec(shelf)?.[0]) < 4 ? 'Pantry' : 'Bakery';
    await page.evaluate(`location.hash = '#live?q=${other}'`);
    await expect.poll(async () => low.getByText(shelf, { exact: true }).count()).toBe(0);
    expect(await page.evaluate(isInList)).toBe(true);
  });

  test('nothing moves by itself for those who asked for that, and no state is wider than a telephone', async () => {
    const page = await open(browser);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(`document.getAnimations().length`)).toBe(0);
    for (const width of [1024, 820, 768, 650, 360]) {
      await page.setViewportSize({ width, height: 740 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    }
    await page.getByRole('link', { name: 'SQL' }).click();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
