import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withScaleTables } from '../../scripts/scale-tables.js';
import { prices, quotas } from '../../src/estimate/figures.js';

test('the tables of docs/scale.md are those of the code; `npm run docs` writes them', async () => {
  const page = await readFile(join(import.meta.dirname, '..', '..', '..', '..', 'docs', 'scale.md'), 'utf8');
  expect(page.match(/<!-- table \w+ -->/g)).toHaveLength(7);
  expect(page).toBe(withScaleTables(page));
  expect(() => withScaleTables('<!-- table none -->\n<!-- /table -->')).toThrow('Expected one of plan');
});

test('every quota and price says where it is from, when it was looked at, and how well it is known', () => {
  for (const { value, what, url, asOf, known } of [...Object.values(quotas), ...Object.values(prices)]) {
    expect(value).toBeGreaterThan(0);
    expect(what).not.toBe('');
    expect(new URL(url).hostname).toMatch(/^(docs\.)?aws\.amazon\.com$/);
    expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(['read', 'quoted', 'remembered']).toContain(known);
  }
});
