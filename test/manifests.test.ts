import { describe, expect, test } from 'vitest';
import { repositoryUrl } from '../apps/site/scripts/collect-pages.mjs';
import { files, read } from './repository.js';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly keywords?: readonly string[];
  readonly license?: string;
  readonly repository?: { readonly type: string; readonly url: string; readonly directory?: string };
  readonly homepage?: string;
  readonly bugs?: string;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly publishConfig?: { readonly access?: string };
}

const manifests = files('package.json').filter((path) =>
  /^((packages|apps)\/[\w-]+\/)?package\.json$/.test(path),
);

describe.each(manifests)('%s', (path) => {
  const manifest = JSON.parse(read(path)) as Manifest;
  const folder = path.replace(/\/?package\.json$/, '');

  test('says what the package is, where its sources are and where to report', () => {
    expect(manifest.description).toMatch(/\.$/);
    expect(manifest.keywords).not.toEqual([]);
    expect(manifest).toMatchObject({
      license: 'Apache-2.0',
      repository: {
        type: 'git',
        url: `git+${repositoryUrl}.git`,
        ...(folder !== '' && { directory: folder }),
      },
      homepage: expect.stringContaining(repositoryUrl) as string,
      bugs: `${repositoryUrl}/issues`,
    });
  });
});

const published = manifests.filter((path) => (JSON.parse(read(path)) as Manifest).private !== true);

test.each(published)('%s builds before it is packed, and is published for everybody', (path) => {
  const { scripts, publishConfig } = JSON.parse(read(path)) as Manifest;
  expect(scripts?.prepack).toMatch(/prepack\.mjs$/);
  expect(publishConfig?.access).toBe('public');
});

test('every page and form names the same repository', () => {
  const others = files('.md', '.yml', '.ts', '.mjs', '.json').flatMap((path) =>
    [...read(path).matchAll(/https:\/\/github\.com\/([\w-]+\/store-inventory)\b/g)]
      .filter(([, name]) => !repositoryUrl.endsWith(`/${name ?? ''}`))
      .map(([found]) => `${path}: ${found}`),
  );
  expect(others).toEqual([]);
});
