import { DuckDBInstance } from '@duckdb/node-api';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { hasChromium, launchChromium, openPage } from './browser.js';

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
  const world = ['--stores', '6', '--products', '30', '--days', '365', '--speed', '14400'];
  const child = spawn(process.execPath, [bin, 'up', '--port', '0', '--json', '--data', data, ...world], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
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
  await page.getByRole('grid', { name: /Shelves/ }).waitFor();
  return page;
}

const button = (page: Page, name: RegExp | string): Locator => page.getByRole('button', { name });

const view = (page: Page, name: string): Locator =>
  page.getByRole('navigation', { name: 'Views' }).getByRole('link', { name });

/** A part of the chain. */
const part = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });

async function distinctEvents(lakeDir: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const rows = await connection.runAndReadAll(
      `select count(distinct concat(run, '/', event_id)) as n from read_parquet('${lakeDir}/*/inventory/**/*.parquet', hive_partitioning = true)`,
    );
    return Number(rows.getRowObjects()[0]?.n);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** A number out of words such as `1,234 waiting`. */
const numberIn = (text: string | null): number => Number(/[\d,]+/.exec(text ?? '')?.[0].replaceAll(',', ''));

test.skipIf(!hasChromium)(
  'store up, driven from its page through every fault and a move back: what was delivered is in the lake',
  async () => {
    const up = await storeUp();
    const page = await open(up.page);
    const verdict = page.getByRole('region', { name: 'The chain, part by part' }).getByRole('status');
    const story = page.getByRole('region', { name: 'What happened' });

    // The first screen has a short shelf with its stock from the start on.
    await page
      .getByRole('heading', { name: /^.+, .+$/ })
      .first()
      .waitFor();
    await page.getByText(/^\d+ on hand, reorder at \d+/).waitFor();

    // The clock stands while the world is paused, and continues.
    await button(page, 'Pause').click();
    await expect.poll(async () => part(page, 'World').textContent()).toContain('paused');
    const clock = page.getByTitle('Simulated time');
    const stoodAt = await clock.getAttribute('datetime');
    // A shelf of the list is shown in the chart; while the world stands, the list does not move on.
    const shelf = page.getByRole('region', { name: 'Low stock' }).getByRole('row').nth(1);
    const product = (await shelf.getByRole('button').textContent()) ?? '';
    await shelf.click();
    await page.getByRole('heading', { name: `${product}, ` }).waitFor();
    await button(page, 'Resume').click();
    await button(page, '1 h/s').click();
    await expect.poll(async () => clock.getAttribute('datetime')).not.toBe(stoodAt);
    await button(page, '4 h/s').click();

    // What was asked for is on order, with the time at which its truck arrives.
    await page
      .getByRole('region', { name: 'Low stock' })
      .getByText(/^\d+, in /)
      .first()
      .waitFor();

    await button(page, 'Throttle').click();
    await page.getByText('Slowed: the endpoint refuses half of all records').first().waitFor();
    await part(page, 'Producer')
      .getByText(/^(slowed: quota|retrying)$/)
      .waitFor();
    await button(page, 'Throttle').click();
    await story.getByText(/^Throttle off: .*0 lost$/).waitFor();

    await button(page, 'Cut connections').click();
    await page.getByText('Slowed: connections are cut').first().waitFor();
    await button(page, 'Cut connections').click();
    await story.getByText(/^Connections are cut no more: .*0 lost$/).waitFor();

    // The tour waits for each of its five things to happen; the last one is the kill below.
    await button(page, '1 h/s').click();
    await button(page, '5-minute tour').click();
    const tour = page.getByRole('dialog', { name: 'Tour' });
    for (const [title, happened] of [
      ['A shelf runs low', /fell to \d+; its reorder point is \d+/],
      ['One truck is asked for', /^One request: \d+ units\.$/],
      ['Follow one shelf', /^(The truck is on the way|The truck was there: the line went up)\.$/],
      ['See the whole chain', /^SQL sees [\d,]+ rows, all that was sent/],
    ] as const) {
      await tour.getByText(title, { exact: true }).waitFor();
      await tour.getByRole('status').getByText(happened).waitFor();
      await tour.getByRole('button', { name: 'Next' }).click();
    }
    await tour.getByText('Waiting for you to kill the endpoint.').waitFor();
    await button(page, '4 h/s').click();

    await button(page, 'Kill the endpoint').click();
    await expect.poll(async () => verdict.textContent()).toBe('Endpoint down, 0 lost');
    const freshness = page.getByRole('img', { name: /^Freshness/ });
    const seconds = async (): Promise<number> =>
      Number(/newest ([\d.]+) s/.exec((await freshness.getAttribute('aria-label')) ?? '')?.[1] ?? 0);
    await expect.poll(seconds).toBeGreaterThan(1);
    const before = await seconds();
    await expect.poll(seconds).toBeGreaterThan(before);
    await expect.poll(async () => numberIn(await part(page, 'Producer').textContent())).toBeGreaterThan(0);
    await view(page, 'SQL').click();
    await page.getByLabel('SQL statement').fill('select 1');
    await button(page, /^Run/).click();
    await page.getByText('The endpoint is down: start it again first.').waitFor();
    await view(page, 'Live').click();
    await button(page, 'Start the endpoint').click();
    await story.getByText(/^Endpoint back after .*0 lost$/).waitFor();
    await tour.getByText(/^SQL sees all [\d,]+ events made until it came back: 0 lost\.$/).waitFor();
    await tour.getByRole('button', { name: 'Done' }).click();
    await expect.poll(async () => tour.count()).toBe(0);

    // A reload loses neither the log nor the series.
    await page.reload();
    await story.getByText('Endpoint killed').waitFor();
    await story.getByText(/^Endpoint back after .*0 lost$/).waitFor();

    // The world is moved back: another run begins, and continues from there.
    await page.getByLabel('Day of the simulation').fill('2');
    await page.getByText('This begins run 2. Run 1 stays in the lake.').waitFor();
    await button(page, 'Begin run 2').click();
    await story.getByText(/run 2 begins, run 1 stays in the lake, \d+ trucks? w/).waitFor();
    const run = page.getByRole('combobox', { name: 'Run' });
    await expect.poll(async () => run.inputValue()).toBe('2');
    await page.getByText(/^Day ([4-9]|\d\d+) of 365$/).waitFor();

    await button(page, 'Pause').click();
    await expect.poll(async () => part(page, 'Producer').textContent()).toContain('0 waiting');
    await view(page, 'SQL').click();
    const conserved = `select run, count(*) as n from (
      select run, current_stock - quantity_delta as was, lag(current_stock) over (partition by run, store_id, product_id order by sequence) as last
      from (select distinct * from inventory_events_all)
    ) where was <> last group by run union all select run, count(*) from inventory_events where run <> 2 group by run`;
    await page.getByLabel('SQL statement').fill(conserved);
    await button(page, /^Run/).click();
    await page.getByText(/^0 rows/).waitFor();
    // The run that is chosen is what the events are, and in the address.
    await run.selectOption('1');
    await page
      .getByLabel('SQL statement')
      .fill("select min(run) || ' to ' || max(run) as runs from inventory_events");
    await button(page, /^Run/).click();
    await page.getByRole('cell', { name: '1 to 1' }).waitFor();
    expect(page.url()).toContain('run=1');

    // The trucks may still have brought something since: what counts is what the command says at its end.
    const { code, said } = await up.stop();
    const [, delivered = '', of = ''] = /([\d,]+) of ([\d,]+) events were delivered/.exec(said) ?? [];
    expect(code).toBe(130);
    expect(delivered, said).toBe(of);
    expect(numberIn(of)).toBeGreaterThan(100);
    expect(await distinctEvents(up.lakeDir)).toBe(numberIn(of));
  },
);
