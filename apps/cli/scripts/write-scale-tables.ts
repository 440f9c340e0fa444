import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withScaleTables } from './scale-tables.js';

// Writes the tables of docs/scale.md: the plan, its bill, and every quota and price with its source.
const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'scale.md');
await writeFile(page, withScaleTables(await readFile(page, 'utf8')));
