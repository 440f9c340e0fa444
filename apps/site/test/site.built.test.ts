import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';

const executablePath = '/usr/bin/chromium';
/** Debian's Chromium is not everywhere: `apt-get install chromium fonts-dejavu-core`. */
const hasChromium = existsSync(executablePath);
const patienceMs = 300_000;
/** Folder of a website that was just built, as CI has after its check; else the tests build one. */
const built = process.env.STORE_SITE;

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

/** Serves a folder as hosts of static pages do: `/overview` is `overview.html`. */
async function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://127.0.0.1').pathname);
    const name = path.endsWith('/') ? `${path}index.html` : extname(path) === '' ? `${path}.html` : path;
    readFile(join(folder, name)).then(
      (bytes) => {
        response.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
        response.end(bytes);
      },
      () => {
        response.statusCode = 404;
        response.end('There is no such page.');
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

/** What axe-core, of which the tests know only this, has found. */
interface Findings {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

async function findings(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  // VitePress's own button has its key in its text and not in its name.
  const { violations } = await page.evaluate<Findings>(`axe.run({ exclude: ['.DocSearch-Button'] })`);
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`),
  );
}

describe.skipIf(!hasChromium)('the website', () => {
  let folder: string;
  let server: Server;
  let browser: Browser;
  let origin: string;

  beforeAll(async () => {
    folder = built ?? (await mkdtemp(join(tmpdir(), 'store-site-')));
    // Dead links fail here. The API reference, which takes half of the time, is built by the check.
    const build = join(import.meta.dirname, '..', 'scripts', 'build.mjs');
    if (built === undefined)
      await promisify(execFile)(process.execPath, [build, '--without-api', '--out', folder]);
    server = await serve(folder);
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    browser = await chromium.launch({
      timeout: patienceMs,
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
    });
  });
  afterAll(async () => {
    await browser.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    if (built === undefined) await rm(folder, { recursive: true });
  });

  /** Opens a page; what its scripts complain of ends the test. */
  async function open(path: string): Promise<Page> {
    const page = await browser.newPage({ viewport: { width: 1300, height: 1000 }, acceptDownloads: true });
    page.setDefaultTimeout(patienceMs);
    page.setDefaultNavigationTimeout(patienceMs);
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    onTestFinished(async () => {
      await page.close();
      expect(problems).toEqual([]);
    });
    await page.goto(`${origin}${path}`);
    return page;
  }

  const panel = (page: Page, name: string) => page.getByRole('tabpanel', { name });

  test('a guide is there, with its code, and what Markdown has in angle brackets is text', async () => {
    const page = await open('/docs/type-mapping');
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await page.locator('main').innerText()).toContain('Char<2>');
  });

  test('a comment of Markdown is no text of a page, whatever is in it', async () => {
    const page = await open('/docs/troubleshooting');
    await page.getByRole('heading', { level: 1, name: 'Troubleshooting' }).waitFor();
    expect(await page.locator('main').innerText()).not.toContain('<!--');
  });

  test('search finds a page without a server', async () => {
    const page = await open('/overview');
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.getByRole('searchbox').fill('dead-letter queue');
    await page.getByRole('option').first().waitFor();
  });

  test('the same seed gives the same events, and another one others', async () => {
    const first = await open('/playground#seed=7&stores=2&products=3');
    const text = (page: Page): Promise<string> => panel(page, 'Events').locator('tbody').innerText();
    await panel(first, 'Events').getByRole('cell').first().waitFor();
    const second = await open('/playground#seed=7&stores=2&products=3');
    await panel(second, 'Events').getByRole('cell').first().waitFor();
    expect(await text(second)).toBe(await text(first));
    const before = await text(second);
    await second.getByLabel('Seed').fill('8');
    await expect.poll(() => text(second)).not.toBe(before);
    await expect.poll(() => new URL(second.url()).hash).toBe('#seed=8&stores=2&products=3');
  });

  test('the error of the world is at its field, and the form keeps what was typed', async () => {
    const page = await open('/playground');
    await panel(page, 'Events').getByRole('cell').first().waitFor();
    await page.getByLabel('Days').fill('0');
    const field = page.getByLabel('Days');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true');
    const about = (await field.getAttribute('aria-describedby')) ?? '';
    expect(await page.locator(`#${about}`).innerText()).toMatch(/Expected `days` to be/);
    const before = page.getByText('The form has an error. This is the world from before it.');
    await before.waitFor();
    expect(await findings(page)).toEqual([]);
    await field.fill('2');
    await expect.poll(() => field.getAttribute('aria-invalid')).toBe('false');
    await before.waitFor({ state: 'detached' });
  });

  test('a shelf is drawn, and its numbers are words too', async () => {
    const page = await open('/playground');
    await page.getByRole('tab', { name: 'Shelf' }).click();
    await page.getByText(/events, -?\d+ to \d+ units in stock/).waitFor();
    expect(await panel(page, 'Shelf').locator('canvas').count()).toBe(1);
  });

  test('columns and DDL are those of the events, with the columns of a world file', async () => {
    const page = await open('/playground');
    await page.getByLabel('World file').setInputFiles({
      name: 'world.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        JSON.stringify({
          worldFile: 1,
          stores: [{ store_id: 'lx-1', store_name: 'Lisboa', currency: 'EUR' }],
          products: 4,
          extra: [{ name: 'currency', type: 'string', from: 'store.currency' }],
        }),
      ),
    });
    await page.getByText(/A world file of \d+ characters is used/).waitFor();
    await page.getByRole('tab', { name: 'Columns' }).click();
    const columns = panel(page, 'Columns');
    await columns.getByRole('cell', { name: 'currency', exact: true }).waitFor();
    // What the file decides is not asked for.
    expect(await page.getByLabel('Stores').isDisabled()).toBe(true);
    expect(await page.getByLabel('Products').isDisabled()).toBe(true);
    expect(await page.getByLabel('Days').isDisabled()).toBe(false);
    expect(await columns.locator('pre').innerText()).toContain('`currency` string');
    expect(await findings(page)).toEqual([]);
    // The link holds the file: another browser shows the same world.
    await expect.poll(() => new URL(page.url()).hash).toContain('file=');
    const other = await open(`/playground${new URL(page.url()).hash}`);
    await panel(other, 'Events').getByRole('cell', { name: 'lx-1', exact: true }).first().waitFor();
  });

  test('a place in a world file that is wrong is named at the file', async () => {
    const page = await open('/playground');
    await page.getByLabel('World file').setInputFiles({
      name: 'world.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"worldFile":1,"stores":[{"store_id":"a"},{"store_id":"a"}]}'),
    });
    await page.getByText(/stores\[1\]\.store_id/).waitFor();
  });

  test('the download has the events of the world, a line each', async () => {
    const page = await open('/playground#stores=2&products=3&days=1');
    await page.getByRole('tab', { name: 'Download' }).click();
    const shown = await panel(page, 'Download')
      .getByText(/^All [\d,]+ events/)
      .innerText();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download NDJSON' }).click(),
    ]);
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\n');
    expect(shown).toContain(`All ${lines.length.toLocaleString('en')} events`);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      store_id: expect.stringMatching(/^store-/) as string,
    });
  });

  test('a world that is too large for a browser is read in part, and the command for all of it is shown', async () => {
    const page = await open('/playground#stores=40&products=100&days=60');
    await page.getByRole('tab', { name: 'Download' }).click();
    await panel(page, 'Download')
      .getByText(/^The first 100,000 of about/)
      .waitFor();
    await panel(page, 'Download')
      .getByText(/^store generate --seed 42 --stores 40/)
      .waitFor();
  });

  test.each(['light', 'dark'] as const)(
    'axe reports no violations on the %s playground',
    async (colorScheme) => {
      const page = await open('/playground');
      await page.emulateMedia({ colorScheme });
      await panel(page, 'Events').getByRole('cell').first().waitFor();
      expect(await findings(page)).toEqual([]);
      await page.getByRole('tab', { name: 'Download' }).click();
      expect(await findings(page)).toEqual([]);
    },
  );
});
