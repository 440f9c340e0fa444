import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startPageServer } from '../../src/up/page-server.js';
import { hasChromium, launchChromium, openPage } from './browser.js';
import { pretendBackend } from './pretend-backend.js';

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

/** Runs the rules, or those of the options. */
async function findings(page: Page, options: object = {}): Promise<readonly string[]> {
  // Once a page: the views are one document.
  if (await page.evaluate<boolean>(`typeof axe === 'undefined'`)) await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Findings>(`axe.run(${JSON.stringify(options)})`);
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

  test('axe finds nothing to fix: light and dark, wide and narrow, with the endpoint down, and beside a result', async () => {
    const page = await open(browser);
    // Colors do not follow from the width, and nothing else follows from the colors: each run of all rules takes seconds.
    const contrast = 'color-contrast';
    const faultless = async (): Promise<void> => {
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await findings(page, { runOnly: { type: 'rule', values: [contrast] } }), 'dark').toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await findings(page, { rules: { [contrast]: { enabled: false } } }), 'narrow').toEqual([]);
      await page.setViewportSize({ width: 1440, height: 900 });
      expect(await findings(page), 'light, wide').toEqual([]);
    };
    await faultless();
    await page.getByRole('button', { name: /Kill the endpoint/ }).click();
    await page.getByText(/^Endpoint down for /).waitFor();
    await faultless();
    await page.getByRole('link', { name: 'SQL' }).click();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    await faultless();
  });

  test('everything is reached by Tab, in the order of reading, and nothing holds the focus', async () => {
    const page = await open(browser);
    // A list that changes under the focus would be another question.
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.mouse.click(5, 5);
    const reached: string[] = [];
    for (let press = 0; press < 120 && !reached.some((text) => text.startsWith('Find a')); press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()`,
        ),
      );
    }
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
  });

  test('nothing moves by itself for those who asked for that, and no state is wider than a telephone', async () => {
    const page = await open(browser);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(`document.getAnimations().length`)).toBe(0);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await page.getByRole('link', { name: 'SQL' }).click();
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
