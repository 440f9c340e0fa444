import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { Worker } from 'node:worker_threads';
import { chromium } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { calibrate } from '../src/calibrate/index.js';
import { createWorld, readWorldFile } from '../src/index.js';

const options = { seed: 11, stores: 12, products: 30, days: 9, chaos: true };
/** What a world is fitted to: exponentials and logarithms whose last bits differ between engines would show. */
const history = { seed: 12, stores: 3, products: 5, days: 80 };
/** A world file, with a letter of two bytes. */
const file = '{ "worldFile": 1, "stores": [{ "store_id": "lx-1", "store_name": "São Bento" }] }';
const folder = fileURLToPath(new URL('..', import.meta.url));
const chromiumPath = '/usr/bin/chromium';
let bundle = '';
let inputs: readonly string[] = [];
let expected = '';

beforeAll(async () => {
  // Neutral: no platform's modules are known, so that an import of one would fail the build.
  const { outputFiles, metafile } = await build({
    stdin: {
      contents: "export * from './src/index.ts'; export { calibrate } from './src/calibrate/index.ts'",
      resolveDir: folder,
    },
    absWorkingDir: folder,
    bundle: true,
    write: false,
    metafile: true,
    platform: 'neutral',
    format: 'iife',
    globalName: 'generator',
    conditions: ['@store/source'],
  });
  bundle = outputFiles[0]?.text ?? '';
  inputs = Object.keys(metafile.inputs);
  const fitted = JSON.stringify(calibrate(createWorld(history).dailySeries()));
  const read = JSON.stringify(readWorldFile(file));
  expected = digestOf([...createWorld(options).ndjson(), new TextEncoder().encode(fitted + read)]);
});

function digestOf(chunks: Iterable<Uint8Array>): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** Source that gives the whole world, one fitted to the sales of another, and a file, as one text, without an import. */
const reading = `
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of generator.createWorld(${JSON.stringify(options)}).ndjson()) text += decoder.decode(chunk, { stream: true });
  text += JSON.stringify(generator.calibrate(generator.createWorld(${JSON.stringify(history)}).dailySeries()));
  text += JSON.stringify(generator.readWorldFile(${JSON.stringify(file)}));
  text`;

const digestOfText = (text: unknown): string => createHash('sha256').update(String(text)).digest('hex');

test('the whole package is our own source: no module of any platform', () => {
  expect(inputs.length).toBeGreaterThan(30);
  for (const input of inputs)
    expect(input).toMatch(/^(?:src|\.\.\/(?:foundation|schema|glue-schema)\/src)\/|^<stdin>$/);
});

test('an engine with nothing but the language and a text codec gives the same bytes', () => {
  const text: unknown = runInNewContext(bundle + reading, { TextEncoder, TextDecoder });
  expect(digestOfText(text)).toBe(expected);
});

test('a worker thread gives the same bytes', async () => {
  const worker = new Worker(
    `${bundle};${reading}; require('node:worker_threads').parentPort.postMessage(text)`,
    {
      eval: true,
    },
  );
  const text = await new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  expect(digestOfText(text)).toBe(expected);
});

test.skipIf(!existsSync(chromiumPath))('a browser and its worker give the same bytes', async () => {
  const browser = await chromium.launch({
    executablePath: chromiumPath,
    timeout: 300_000,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage();
    expect(digestOfText(await page.evaluate(bundle + reading))).toBe(expected);
    const inWorker = `new Promise((resolve, reject) => {
      const source = new Blob([${JSON.stringify(`${bundle};${reading}; postMessage(text)`)}]);
      const worker = new Worker(URL.createObjectURL(source));
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    })`;
    expect(digestOfText(await page.evaluate(inWorker))).toBe(expected);
  } finally {
    await browser.close();
  }
});
