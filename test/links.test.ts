import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { files, read, root } from './repository.js';

/** GitHub's anchor of a heading: lower case, punctuation gone, spaces to hyphens. */
const anchorOf = (heading: string): string =>
  heading
    .replaceAll(/`|\*/g, '')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');

const withoutCode = (markdown: string): string =>
  markdown.replaceAll(/^```[\s\S]*?^```/gm, '').replaceAll(/`[^`\n]*`/g, '');

const anchorsOf = (path: string): readonly string[] =>
  [
    ...read(path)
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .matchAll(/^#+\s+(.+)$/gm),
  ].map(([, heading]) => anchorOf(heading ?? ''));

/** Links of one page that lead nowhere in this repository. */
function brokenLinks(page: string): readonly string[] {
  const broken: string[] = [];
  for (const [, target = ''] of withoutCode(read(page)).matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?|mailto):/.test(target)) continue;
    const [path = '', anchor] = target.split('#', 2);
    const file = path === '' ? page : join(dirname(page), path);
    if (!existsSync(join(root, file))) broken.push(target);
    else if (anchor !== undefined && file.endsWith('.md') && !anchorsOf(file).includes(anchor))
      broken.push(target);
  }
  return broken;
}

test.each(files('.md'))('every link of %s leads somewhere', (page) => {
  expect(brokenLinks(page)).toEqual([]);
});
