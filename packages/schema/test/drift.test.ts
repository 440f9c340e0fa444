import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { generatedModules } from '../scripts/generated-modules.js';

test('every committed module is what the types give today', () => {
  for (const { file, text } of generatedModules()) expect(readFileSync(file, 'utf8'), file).toBe(text);
});
