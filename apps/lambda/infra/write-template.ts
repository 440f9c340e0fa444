import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStoreApp } from './app.js';
import { plainTemplateText } from './plain-template.js';

// The committed template is that of stage dev with one delivery stream; `stage=` and `streams=` make another.
const given = (name: string): string | undefined =>
  process.argv.find((option) => option.startsWith(`${name}=`))?.slice(name.length + 1);
const stage = given('stage') ?? 'dev';
const streams = Number(given('streams') ?? 1);
const bundles = fileURLToPath(new URL('../dist', import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), 'store-template-'));
createStoreApp({ bundles, outdir, stage, streams }).synth();
const text = plainTemplateText(readFileSync(join(outdir, `store-${stage}-core.template.json`), 'utf8'));
rmSync(outdir, { recursive: true });
const committed = stage === 'dev' && streams === 1;
const file = committed
  ? fileURLToPath(new URL('generated/store.template.json', import.meta.url))
  : join(bundles, 'store.template.json');
writeFileSync(file, text);
console.log(`Written: ${file}`);
