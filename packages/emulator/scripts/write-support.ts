import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { supportPage } from './support-page.js';

// Writes docs/support.md.
await writeFile(join(import.meta.dirname, '..', '..', '..', 'docs', 'support.md'), await supportPage());
