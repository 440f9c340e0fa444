import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type Metafile } from 'esbuild';
import { afterAll, expect, test } from 'vitest';

const here = fileURLToPath(new URL('..', import.meta.url));
const entry = `
  import { createFirehoseProducer, inProcessTransport } from '@store/firehose';
  const producer = createFirehoseProducer({ deliveryStreamName: 'orders', transport: inProcessTransport() });
  producer.put({ id: 1 });
  await producer.close();
  console.log(JSON.stringify(producer.stats().delivered));
`;
const withSdk = `
  import { createFirehoseProducer } from '@store/firehose';
  const producer = createFirehoseProducer({ deliveryStreamName: 'orders' });
  producer.put({ id: 1 });
  const error = await producer.flush().catch((thrown) => thrown);
  console.log(error.code, error.cause.code, (await producer.abort()).undelivered.length);
`;
const dir = mkdtempSync(join(tmpdir(), 'firehose-bundle-'));
afterAll(() => {
  rmSync(dir, { recursive: true });
});

async function bundle(
  contents: string,
  options: BuildOptions,
): Promise<{ readonly outputs: Metafile['outputs']; readonly text: ReadonlyMap<string, string> }> {
  const { metafile, outputFiles } = await build({
    ...options,
    absWorkingDir: here,
    stdin: { contents, resolveDir: here, sourcefile: 'entry.js' },
    outdir: 'out',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@store/source'],
    metafile: true,
    logLevel: 'error',
  });
  const text = new Map(outputFiles.map((file) => [file.path.slice(here.length), file.text]));
  return { outputs: metafile.outputs, text };
}

/** The files of a bundle that are loaded with its entry: what it imports, not what it may import later. */
function loadedWith(entryFile: string, outputs: Metafile['outputs']): string[] {
  const loaded = new Set([entryFile]);
  for (const file of loaded) {
    for (const { path, kind, external } of outputs[file]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) loaded.add(path);
    }
  }
  return [...loaded];
}

function run(files: readonly (readonly [path: string, text: string])[], entryFile: string): string {
  const folder = mkdtempSync(join(dir, 'run-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return execFileSync(process.execPath, [join(folder, entryFile)], { encoding: 'utf8' }).trim();
}

const sdk = /node_modules\/(@aws-sdk|@smithy)\//;

test('with a transport of one’s own, no module of the SDK is loaded', async () => {
  const { outputs, text } = await bundle(entry, { splitting: true });
  const entryFile = 'out/stdin.js';
  const loaded = loadedWith(entryFile, outputs);
  const inputs = (files: readonly string[]): string[] =>
    files.flatMap((file) => Object.keys(outputs[file]?.inputs ?? {}));
  expect(inputs(loaded).filter((input) => sdk.test(input))).toEqual([]);
  // The SDK is in the bundle all the same: what is not loaded is what the entry need not have.
  expect(inputs(Object.keys(outputs)).some((input) => sdk.test(input))).toBe(true);
  const files = loaded.map((file) => [file, text.get(file) ?? ''] as const);
  expect(run(files, entryFile)).toBe('1');
});

test('a bundle in one file leaves the SDK out if told that it is external', async () => {
  const { outputs, text } = await bundle(entry, { external: ['@aws-sdk/client-firehose'] });
  expect(Object.keys(outputs)).toEqual(['out/stdin.js']);
  expect(Object.keys(outputs['out/stdin.js']?.inputs ?? {}).filter((input) => sdk.test(input))).toEqual([]);
  expect(run([...text], 'out/stdin.js')).toBe('1');
});

test('a program that needs the SDK and has none is told so, and keeps its events', async () => {
  const { text } = await bundle(withSdk, { external: ['@aws-sdk/client-firehose'] });
  expect(run([...text], 'out/stdin.js')).toBe('TRANSPORT ERR_MODULE_NOT_FOUND 1');
});
