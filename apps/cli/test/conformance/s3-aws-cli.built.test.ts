import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasAwsCli, startAwsCli, type AwsCli } from './aws-cli.js';
import { serveEndpoint, type ServedEndpoint } from './served-endpoint.js';

const needed = hasAwsCli ? '' : ' (skipped: install awscli)';

let served: ServedEndpoint;
let aws: AwsCli;

beforeAll(async () => {
  if (!hasAwsCli) return;
  served = await serveEndpoint();
  aws = startAwsCli(served.endpoint, served.folder);
});

afterAll(async () => {
  if (!hasAwsCli) return;
  aws.close();
  await served.stop();
});

/** Runs a command that must succeed; answers what it wrote. */
async function did(...args: readonly string[]): Promise<string> {
  const { code, said } = await aws.run(...args);
  expect(code, said).toBe(0);
  return said;
}

/** What an `s3api` command answers, which is one JSON object. */
async function answered(...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  return JSON.parse(await did('s3api', '--output', 'json', ...args)) as Readonly<Record<string, unknown>>;
}

// More than the 8 MiB from which the CLI makes multipart uploads, and reads by ranges.
const large = Buffer.from(Array.from({ length: 9 * 1024 * 1024 }, (_, at) => (at * 31 + (at >> 8)) & 0xff));

test.skipIf(!hasAwsCli)(
  `aws s3 copies, lists, signs and removes what was put${needed}`,
  async () => {
    const here = (name: string): string => join(served.folder, name);
    await mkdir(here('site/sub dir'), { recursive: true });
    await writeFile(here('large.bin'), large);
    await writeFile(here('site/index.html'), '<h1>Shop</h1>');
    await writeFile(here('site/sub dir/ä.txt'), 'umlaut');

    expect(await did('s3', 'mb', 's3://files')).toContain('make_bucket: files');
    await did('s3', 'cp', 'large.bin', 's3://files/large.bin', '--no-progress');
    await did('s3', 'cp', 's3://files/large.bin', 'copy.bin', '--no-progress');
    expect((await readFile(here('copy.bin'))).equals(large)).toBe(true);

    const head = await answered('head-object', '--bucket', 'files', '--key', 'large.bin');
    expect(head).toMatchObject({ ContentLength: large.length, AcceptRanges: 'bytes', Metadata: {} });
    expect(head.ETag).toMatch(/^"[0-9a-f]{32}-2"$/);

    await did('s3', 'sync', 'site', 's3://files/site', '--no-progress');
    expect(await did('s3', 'sync', 'site', 's3://files/site', '--no-progress')).toBe('');
    await did('s3', 'sync', 's3://files/site', 'back', '--no-progress');
    expect((await readdir(here('back'), { recursive: true })).sort()).toEqual([
      'index.html',
      'sub dir',
      'sub dir/ä.txt',
    ]);
    expect(await readFile(here('back/sub dir/ä.txt'), 'utf8')).toBe('umlaut');
    expect(await did('s3', 'ls', 's3://files/')).toMatch(/PRE site\/\n.* 9437184 large\.bin\n$/);
    expect(await did('s3', 'ls', 's3://files', '--recursive', '--summarize')).toMatch(
      /site\/sub dir\/ä\.txt\n\nTotal Objects: 3\n {3}Total Size: 9437203\n/,
    );

    const address = (await did('s3', 'presign', 's3://files/site/index.html')).trim();
    const response = await fetch(address);
    expect([response.status, await response.text()]).toEqual([200, '<h1>Shop</h1>']);
    expect(response.headers.get('content-type')).toBe('text/html');

    const versions = await answered('list-object-versions', '--bucket', 'files', '--prefix', 'site/index');
    expect(versions.Versions).toMatchObject([{ Key: 'site/index.html', VersionId: 'null', IsLatest: true }]);
    expect(await answered('get-bucket-location', '--bucket', 'files')).toEqual({ LocationConstraint: null });
    const refused = await aws.run('s3api', 'get-bucket-policy', '--bucket', 'files');
    expect(refused.said).toContain('(NoSuchBucketPolicy)');
    expect((await aws.run('s3', 'rb', 's3://files')).said).toContain('(BucketNotEmpty)');

    await did('s3', 'rm', 's3://files/site', '--recursive');
    expect(await did('s3', 'ls', 's3://files', '--recursive')).toMatch(/^[^\n]* large\.bin\n$/);
    await did('s3', 'mv', 's3://files/large.bin', 's3://files/moved.bin', '--no-progress');
    expect(await did('s3', 'rb', 's3://files', '--force')).toContain('remove_bucket: files');
    expect(await did('s3', 'ls')).toBe('');
  },
  600_000,
);
