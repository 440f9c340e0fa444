import { join } from 'node:path';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, onTestFinished, test } from 'vitest';
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

async function open(): Promise<Page> {
  const backend = pretendBackend(10, 20);
  const server = await startPageServer(0, pageDir, backend);
  const browser = await launchChromium();
  onTestFinished(async () => {
    await browser.close();
    backend.stop();
    await server.close();
  });
  const page = await openPage(browser);
  await page.goto(server.url);
  await page.getByRole('img', { name: /Stock against reorder point/ }).waitFor();
  return page;
}

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate<Findings>('axe.run()');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

describe.skipIf(!hasChromium)('the page for everybody', () => {
  test.each(['light', 'dark'] as const)('axe finds nothing to fix in the %s page', async (colorScheme) => {
    const page = await open();
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    await page.getByRole('button', { name: /Kill the endpoint/ }).click();
    await page.getByText('the endpoint is down').waitFor();
    expect(await findings(page)).toEqual([]);
  });

  test('everything is reached by Tab, in the order of reading, and nothing holds the focus', async () => {
    const page = await open();
    // A list that changes under the focus would be another question.
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByRole('button', { name: 'Resume' }).waitFor();
    await page.mouse.click(5, 5);
    const reached: string[] = [];
    for (let press = 0; press < 120 && !reached.includes('SQL statement'); press++) {
      await page.keyboard.press('Tab');
      reached.push(
        await page.evaluate(
          `document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()`,
        ),
      );
    }
    const order = [
      'Resume',
      'Move the world to a day',
      'Stock against',
      'Throttle',
      'Kill the endpoint',
      'low-stock',
      'SQL statement',
    ];
    const places = order.map((name) => reached.findIndex((text) => text.startsWith(name)));
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  test('nothing moves by itself for those who asked for that, and no state is wider than a telephone', async () => {
    const page = await open();
    await page.emulateMedia({ reducedMotion: 'reduce' });
    expect(await page.evaluate(`document.getAnimations().length`)).toBe(0);
    await page.setViewportSize({ width: 360, height: 740 });
    await page.getByRole('button', { name: 'low-stock' }).click();
    await page.getByRole('cell', { name: 'forty-two' }).waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
  });
});
