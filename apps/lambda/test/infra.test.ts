import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { plainTemplateText } from '../infra/plain-template.js';
import { buildBundles, sharedBundles } from './bundles.js';
import { synthesize, type Json, type Synthesis } from './synth.js';

let first: Synthesis;
let second: Synthesis;

beforeAll(async () => {
  first = synthesize(await sharedBundles());
  // Bundles built again, elsewhere: hashes of the code must not differ either.
  second = synthesize(await buildBundles());
});

test('no rule of AwsSolutions has a finding', () => {
  const reports = first.report.pluginReports as readonly { violations: unknown[] }[];
  expect(reports.flatMap(({ violations }) => violations)).toEqual([]);
  expect(reports).not.toEqual([]);
});

test('synthesis gives the same bytes twice and opens no connection', () => {
  expect(second.core.text).toBe(first.core.text);
  expect(second.fanOut.text).toBe(first.fanOut.text);
  expect(first.connections + second.connections).toBe(0);
});

test('no ARN of either stack has a partition that is written out, in definitions inside of texts either', () => {
  for (const { text } of [first.core, first.fanOut]) expect(text).not.toMatch(/arn:aws[a-z-]*:/);
});

test('the committed template for people without the CDK is the synthesized one, its code in a bucket of theirs', () => {
  const file = new URL('../infra/generated/store.template.json', import.meta.url);
  const text = plainTemplateText(first.core.text);
  // `npm run template` writes it again.
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(text).not.toMatch(/cdk-|aws:cdk|BootstrapVersion/);
  const { Resources } = JSON.parse(text) as {
    Resources: Record<string, { Type: string; Properties: Json }>;
  };
  const functions = Object.values(Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
  expect(functions.map(({ Properties }) => JSON.stringify(Properties.Code)).sort()).toEqual(
    ['dispatch', 'generate', 'ingest', 'plan'].map(
      (name) => `{"S3Bucket":{"Ref":"CodeBucket"},"S3Key":{"Fn::Sub":"\${CodePrefix}${name}.zip"}}`,
    ),
  );
  expect(Object.keys(Resources)).toEqual(Object.keys(first.core.json.Resources as object));
});

test('an app has at most as many delivery streams as one function can name', () => {
  expect(() => synthesize('.', 101)).toThrow('Expected `streams` to be 1 to 100, got 101.');
});
