import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { files, read, root } from './repository.js';

/** Lines of shell that a page shows as a block, continued lines joined. */
const blocks = (page: string): readonly string[] =>
  [...read(page).matchAll(/^```(?:sh|bash)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.replaceAll('\\\n', ' ').split('\n'),
  );

/** Commands that a page tells the reader to type: in a block of shell, or between back-ticks. */
const typed = (page: string): readonly string[] => [
  ...blocks(page),
  ...[...read(page).matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code),
];

function scriptsOf(folder: string): readonly string[] {
  // The parse boundary: package.json is ours.
  const { scripts = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    scripts?: Record<string, string>;
  };
  return Object.keys(scripts);
}

/** What a reader has: npm's and the shell's, and what the page says is needed. `store` stands for the command. */
const programs = ['npm', 'npx', 'node', 'store', 'aws', 'sam', 'export', 'cd', 'for', 'git', 'kill', 'wait'];

/** What is wrong with one command, if it is one of ours. */
function fault(command: string): string | undefined {
  const [, script] = /^npm run (?:-s )?([\w:-]+)/.exec(command) ?? [];
  if (script !== undefined && !scriptsOf('').includes(script)) return `${command}: no such script`;
  if (/^(?:[\w/]*node_modules\/\.bin\/|(?:pnpm|turbo|vitest|changeset) )/.test(command))
    return `${command}: only npm is there; a script of the root may start it`;
  const [, kind, wanted] = /^npm run (bench|campaign) -- ([a-z][\w/-]*)$/.exec(command) ?? [];
  if (wanted === undefined) return undefined;
  const pattern =
    kind === 'bench'
      ? /^(?:packages|apps)\/([\w-]+)\/bench\/([\w-]+)\.bench\.ts$/
      : /^(?:packages|apps)\/([\w-]+)\/bench\/campaign-([\w-]+)\.ts$/;
  const known = files('.ts').flatMap((path) => {
    const [, owner = '', own = ''] = pattern.exec(path) ?? [];
    return own === '' ? [] : [owner, own, `${owner}/${own}`];
  });
  return known.includes(wanted) ? undefined : `${command}: no such file`;
}

test.each(files('.md'))('every command of %s can be typed: its program is there, and its script', (page) => {
  expect(typed(page).flatMap((command) => fault(command.trim()) ?? [])).toEqual([]);
});

test.each(files('.md'))('every line of shell on %s begins with a program that is there', (page) => {
  const first = blocks(page).map(
    (line) =>
      line
        .trim()
        .replace(/^(?:[A-Z_]+=\S+ +)+/, '')
        .split(/\s/)[0] ?? '',
  );
  expect(first.filter((word) => word !== '' && word !== '#' && !programs.includes(word))).toEqual([]);
});

// A changeset names what went.
const standing = files('.md').filter((page) => !page.startsWith('.changeset/'));

test.each(standing)('every file that %s names by its path is there', (page) => {
  const named = [
    ...read(page).matchAll(/`((?:apps|packages|scripts|docs|test)\/[\w./-]+\.(?:ts|mjs|json|md))`/g),
  ].map(([, path = '']) => path);
  // From the root, or from the page's own package.
  const isThere = (path: string): boolean =>
    [root, join(root, dirname(page))].some((folder) => existsSync(join(folder, path)));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});
