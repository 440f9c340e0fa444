import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createStoreApp } from './app.js';
import { plainTemplateText } from './plain-template.js';

// The committed template is that of stage dev with one delivery stream; NAME=VALUE, as after `-c`, makes another.
const context = Object.fromEntries(
  process.argv.slice(2).map((option) => {
    const at = option.indexOf('=');
    return [option.slice(0, at), option.slice(at + 1)] as const;
  }),
);
const { stage = 'dev' } = context;
const bundles = fileURLToPath(new URL('../dist', import.meta.url));
const outdir = mkdtempSync(join(tmpdir(), 'store-template-'));
const { stacksRecursively } = createStoreApp({ bundles, outdir, context }).synth();
const core = stacksRecursively.find(({ stackName }) => stackName === `store-${stage}-core`);
if (core === undefined) throw new Error('Expected the app to have a core stack.');
const text = plainTemplateText(readFileSync(core.templateFullPath, 'utf8'));
rmSync(outdir, { recursive: true });
const committed = Object.keys(context).length === 0;
const file = committed
  ? fileURLToPath(new URL('generated/store.template.json', import.meta.url))
  : join(bundles, 'store.template.json');
writeFileSync(file, text);
console.log(`Written: ${file}`);
