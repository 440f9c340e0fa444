import { expect, test } from 'vitest';
import { hasChromium } from './browser.js';
import { storeUp, visit } from './store-up.js';

const world = ['--stores', '6', '--products', '20', '--days', '7', '--speed', '600'];

test.skipIf(!hasChromium)(
  'the Data view on the real chain: from an event to its record, its file and its request, and a record of one’s own',
  async () => {
    const up = await storeUp(world);
    const page = await visit(`${up.page}#data?filter=event_type+%3D+sale`);
    const looks = page.getByRole('group', { name: 'What to look at' });
    const entry = page.getByRole('group', { name: 'Chosen entry' });

    // Only what the filter lets through; a filter over no field says so.
    const events = page.getByRole('group', { name: 'Events' });
    await events.getByRole('cell', { name: 'sale' }).first().waitFor();
    await page.getByRole('button', { name: 'Hold the list' }).click();
    const kinds = await events.locator('tbody tr td:nth-child(2)').allTextContents();
    expect(new Set(kinds)).toEqual(new Set(['sale']));
    await page.getByRole('searchbox', { name: 'Filter' }).fill('color = red');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.getByText('Events have no field color.').waitFor();
    await page.getByRole('searchbox', { name: 'Filter' }).fill('event_type = sale and current_stock >= 0');
    await events.getByRole('row').nth(1).waitFor();
    await page.getByRole('button', { name: 'Hold the list' }).click();

    // From the event to the record that carried it, and back. The list is one stop of Tab.
    await events.getByRole('row').nth(1).getByRole('button').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(`document.activeElement.getAttribute('aria-label')`)).toBe('Chosen entry');
    await entry.getByText(/^Can be queried, and will be in inventory\/datehour=/).waitFor();
    await entry.getByRole('button', { name: /^record \d+ of call \d+$/ }).click();
    await entry.getByText(/^\{"event_id":/).waitFor();
    await page.goBack();
    const record = entry.getByRole('button', { name: /^record \d+ of call \d+$/ });
    await record.waitFor();
    // A link to the event opens it.
    await page.reload();
    await record.waitFor();

    // The first file is written when it is asked for.
    await looks.getByRole('button', { name: 'Parquet files' }).click();
    await page.getByText(/rows wait: first file in \d+ (s|min), or flush now\./).waitFor();
    await page.getByRole('button', { name: 'Flush now' }).click();
    await page.getByRole('group', { name: 'Files' }).getByRole('row').nth(1).getByRole('button').click();
    await entry.getByRole('cell', { name: 'location.city' }).waitFor();

    // A record of one's own becomes a row, and one that cannot is in the error output, with the reason.
    await looks.getByRole('button', { name: 'Send a record' }).click();
    const send = page.getByRole('button', { name: 'Send the record' });
    await send.click();
    await page.getByText('Delivered: its row can be queried.').waitFor();
    await page.getByRole('button', { name: 'A wrong type' }).click();
    await send.click();
    await page.getByText('Acknowledged, and in the error output: it does not become a row.').waitFor();
    await page.getByRole('button', { name: 'Show the error output' }).click();
    await entry.getByText(/"current_stock":"forty"/).waitFor();
    await entry.getByText('format-conversion-failed', { exact: true }).waitFor();

    // What was asked for, and its shelf.
    await looks.getByRole('button', { name: 'Queue' }).click();
    await page
      .getByRole('group', { name: 'Restock requests' })
      .getByRole('row')
      .nth(1)
      .getByRole('button')
      .click();
    await entry.getByText('taken by the trucks').waitFor();
    await entry.getByRole('button', { name: 'Show the shelf' }).click();
    await page.waitForURL(/#live\?.*shelf=/);
  },
);
