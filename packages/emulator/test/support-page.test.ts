import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { supportPage } from '../scripts/support-page.js';

test('docs/support.md is what the service table says; `npm run docs` writes it', async () => {
  const path = join(import.meta.dirname, '..', '..', '..', 'docs', 'support.md');
  expect(await readFile(path, 'utf8')).toBe(await supportPage());
});
