import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildBundles, functionNames } from './bundles.js';

let folder: string;
beforeAll(async () => {
  folder = await buildBundles();
});

test.each(functionNames)(
  'the bundle of %s is at most 70 KB compressed, and holds nothing that only tools need',
  (name) => {
    const code = readFileSync(join(folder, name, 'index.mjs'));
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(70_000);
    const text = code.toString('utf8');
    expect(text).not.toMatch(/createProgram|duckdb|client-glue|CreateTableCommand|aws-sdk-js|shared-ini/i);
    // Nothing of the Firehose client: its schema names the shapes of its calls.
    expect(text.includes('PutRecordBatchInput')).toBe(false);
  },
);
