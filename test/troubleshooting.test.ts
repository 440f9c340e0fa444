import { expect, test } from 'vitest';
import { codesOf, troubleshootingPage } from '../scripts/troubleshooting.mjs';
import { files, read } from './repository.js';

test('docs/troubleshooting.md is what the tables of codes say; `npm run docs` writes it', () => {
  expect(read('docs/troubleshooting.md')).toBe(troubleshootingPage());
});

const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** The codes of the one class of errors that a package has, from its closed union. */
function codesIn(path: string): readonly string[] {
  const union =
    /type \w+ErrorCode\s*=\s*((?:\s*\|?\s*'[^']*')+);/.exec(withoutComments(read(path)))?.[1] ?? '';
  return [...union.matchAll(/'([^']+)'/g)].map(([, code = '']) => code);
}

const errors = files('.ts').filter(
  (path) => /^(packages|apps)\/[\w-]+\/src\/(terminal\/)?errors?\.ts$/.test(path) && codesIn(path).length > 0,
);

test.each(errors)('each code of %s has a heading', (path) => {
  const headings = [...read('docs/troubleshooting.md').matchAll(/^## `(.+)`$/gm)].map(([, code]) => code);
  expect(codesIn(path).filter((code) => !headings.includes(code))).toEqual([]);
});

test.each(errors)('the page of the package of %s says what to do about each of its codes', (path) => {
  const readme = `${path.split('/').slice(0, 2).join('/')}/README.md`;
  const told = codesOf(read(readme)).map(({ code }) => code);
  expect(codesIn(path).filter((code) => !told.includes(code))).toEqual([]);
});

test('a table of codes is read row by row, with each code of a cell', () => {
  expect(codesOf('| code | do |\n| --- | --- |\n| `A`, `B` | fix it |\n\ntext')).toEqual([
    { code: 'A', titles: ['do'], texts: ['fix it'] },
    { code: 'B', titles: ['do'], texts: ['fix it'] },
  ]);
});
