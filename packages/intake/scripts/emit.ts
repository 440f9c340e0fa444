/**
 * Emits the committed modules from the types: `npm run emit` writes them, `npm run emit -- --check` only says
 * whether they still match (exit code 1 when not).
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { generatedModules } from './generated-modules.js';

const check = process.argv.includes('--check');
let drifted = 0;
for (const { file, text } of generatedModules()) {
  if (readOrEmpty(file) === text) continue;
  drifted += 1;
  if (!check) writeFileSync(file, text);
  console.log(`${check ? 'differs' : 'written'}: ${relative(process.cwd(), file)}`);
}
if (check && drifted > 0) {
  console.error('The committed modules do not match the types any more. Run: npm run emit');
  process.exitCode = 1;
}

function readOrEmpty(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  }
}
