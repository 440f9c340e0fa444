import { readFile } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { hasChromium } from './browser.js';
import { storeUp, visit } from './store-up.js';

const world = ['--stores', '4', '--products', '10', '--days', '7', '--speed', '3600'];

/** Rows of a Parquet file of the column `r`, its least and greatest value, and how many it has. */
async function parquetFacts(path: string): Promise<readonly string[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const sql = `select count(*), min(r), max(r), count(distinct r) from read_parquet('${path}')`;
    const [row = []] = (await connection.runAndReadAll(sql)).getRows();
    return row.map(String);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** The statement that an address of the SQL view holds, deflated, in base64. */
function statementIn(url: URL): string {
  const packed = new URLSearchParams(url.hash.split('?')[1]).get('sql') ?? '';
  return packed === '' ? '' : inflateRawSync(Buffer.from(packed, 'base64url')).toString();
}

test.skipIf(!hasChromium)(
  'the SQL view on the real chain: several statements, an error with its place, files, and Cancel',
  async () => {
    const up = await storeUp(world);
    const page = await visit(`${up.page}#sql`);
    const box = page.getByLabel('SQL statement');
    await page.getByRole('button', { name: 'quantity_delta' }).waitFor();

    await page.getByText('Write a statement, or press a named one. Its rows come here.').waitFor();
    expect(await page.getByRole('button', { name: 'Explain' }).isDisabled()).toBe(true);
    await box.fill('select 6 * 7 as answer; select r from range(2500) t(r)');
    await box.press('Control+Enter');
    await page
      .getByRole('region', { name: 'Rows of statement 1' })
      .getByRole('cell', { name: '42' })
      .waitFor();
    await page
      .getByText(/^first 1,000 rows of statement 2 in .* \+ [\d,]+ rows? not yet in Parquet$/)
      .waitFor();
    const many = page.getByRole('region', { name: 'Rows of statement 2' });
    await page.evaluate(`document.querySelector('[aria-label="Rows of statement 2"]').scrollTop = 1e6`);
    await many.getByRole('cell', { name: '999', exact: true }).waitFor();

    // All rows, not those that are shown.
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).nth(1).click();
    const lines = (await readFile(await (await saving).path(), 'utf8')).trim().split('\n');
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([2501, 'r', '2499']);
    const savingParquet = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Parquet', exact: true }).nth(1).click();
    expect(await parquetFacts(await (await savingParquet).path())).toEqual(['2500', '0', '2499', '2500']);

    await box.fill('select 1;\nselect current_stok\nfrom inventory_events');
    await page.getByRole('button', { name: /^Run / }).click();
    await page.getByText(/Referenced column "current_stok" not found/).waitFor();
    await page.getByRole('button', { name: 'Line 2, column 8' }).click();
    expect(await page.evaluate(`document.querySelector('textarea').selectionStart`)).toBe(17);

    // The words of the tree complete what is written.
    await box.fill('select max(');
    await box.press('End');
    await box.pressSequentially('current_s');
    await page.getByRole('option', { name: /current_stock/ }).waitFor();
    await box.press('Enter');
    expect(await box.inputValue()).toBe('select max(current_stock');

    // One time more than queries may run at the same time: were one still at it, the last statement would wait
    // forever.
    for (let turn = 0; turn < 5; turn++) {
      await box.fill('select count(*) from range(1000000000000)');
      await box.press('Control+Enter');
      await page.getByText(/^Running/).waitFor();
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();
      await page.getByText(/^Cancelled after/).waitFor();
    }
    await box.fill("select 'still' || ' there' as words");
    await box.press('Control+Enter');
    await page.getByRole('cell', { name: 'still there' }).waitFor();

    // A copied link has the statement; the address follows what is written, some time after it.
    await page.waitForURL((url) => statementIn(url) === "select 'still' || ' there' as words");
    const link = page.url();
    await page.goto('about:blank');
    await page.goto(link);
    await expect.poll(async () => box.inputValue()).toBe("select 'still' || ' there' as words");
  },
);
