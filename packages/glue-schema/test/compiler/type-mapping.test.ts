import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { typeMappingPage } from './type-mapping-page.js';

test('docs/type-mapping.md is what the code gives today', () => {
  const file = fileURLToPath(new URL('../../../../docs/type-mapping.md', import.meta.url));
  const page = typeMappingPage();
  if (process.env.UPDATE === '1') writeFileSync(file, page);
  expect(readFileSync(file, 'utf8')).toBe(page);
});
