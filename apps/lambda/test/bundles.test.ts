import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAwsHost } from '@store/foundation';
import { beforeAll, expect, test } from 'vitest';
import { sharedBundles, functionNames, loadedAtStart } from './bundles.js';

let folder: string;
beforeAll(async () => {
  folder = await sharedBundles();
});

const codeOf = (name: string, files: readonly string[]): string =>
  files.map((file) => readFileSync(join(folder, name, file), 'utf8')).join('\n');

const codeFilesOf = (name: string): readonly string[] =>
  readdirSync(join(folder, name)).filter((file) => file.endsWith('.mjs'));

test.each(functionNames)('the licences of what %s holds are beside it', (name) => {
  const notices = readFileSync(join(folder, name, 'THIRD-PARTY-NOTICES.txt'), 'utf8');
  expect(notices).toMatch(/^@aws-sdk\/core [\d.]+ \(Apache-2\.0\)$/m);
  expect(notices).toContain('TERMS AND CONDITIONS FOR USE, REPRODUCTION, AND DISTRIBUTION');
  // What is ours has the licence of the package that brings it.
  expect(notices).not.toContain('@store/');
});

test.each(functionNames)('no file of %s holds what only tools need', (name) => {
  const files = codeFilesOf(name);
  // The compiler, DuckDB, the client of the catalog; the SDK's aggregated clients have a method for each action.
  expect(codeOf(name, files)).not.toMatch(
    /createProgram|duckdb|AWSGlue|CreateTableCommand|\.putRecordBatch\b/i,
  );
});

test.each(functionNames)('%s starts without what the SDK loads on demand', (name) => {
  const atStart = loadedAtStart(join(folder, name));
  expect(atStart.length).toBeLessThan(codeFilesOf(name).length);
  const text = codeOf(name, atStart);
  // Credentials of profiles, of SSO and of web identities, which Lambda has none of, and the parser of user agents.
  expect(text).not.toMatch(/AssumeRoleWithWebIdentity|GetRoleCredentials|sso-oidc|bowser/);
  expect(text).toContain('aws-sdk-js');
});

test.each(functionNames)('%s has the core of the SDK once: its clients are of one release', (name) => {
  const text = codeOf(name, codeFilesOf(name));
  // The core's table of partitions.
  expect(text.match(/dualStackDnsSuffix:"api\.aws\.hci\.ic\.gov"/g)).toHaveLength(1);
});

test('every partition that the SDK knows is AWS for us', () => {
  const text = codeOf('plan', codeFilesOf('plan'));
  const suffixes = [...text.matchAll(/\b(?:dnsSuffix|dualStackDnsSuffix):"([\w.-]+)"/g)].map(
    ([, name = '']) => name,
  );
  expect(suffixes).toContain('amazonaws.com.cn');
  expect(suffixes.filter((suffix) => !isAwsHost(`sqs.region.${suffix}`))).toEqual([]);
});
