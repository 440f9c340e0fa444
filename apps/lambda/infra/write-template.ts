import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStoreApp } from './app.js';
import { plainTemplate } from './plain-template.js';

const bundles = fileURLToPath(new URL('../dist', import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), 'store-template-'));
createStoreApp({ bundles, outdir, stage: 'dev' }).synth();
const template: unknown = JSON.parse(readFileSync(join(outdir, 'store-dev-core.template.json'), 'utf8'));
rmSync(outdir, { recursive: true });
if (typeof template !== 'object' || template === null) throw new TypeError('Expected a template.');
const file = join(bundles, 'template.json');
writeFileSync(file, `${JSON.stringify(plainTemplate({ ...template }))}\n`);
console.log(`Written: ${file}`);
