/**
 * The page docs/troubleshooting.md: a heading for each error code, from the tables of codes in the pages of packages
 * and apps. A code is found by searching for it; what to do is written once, beside its package.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './programs.mjs';

const page = join(root, 'docs', 'troubleshooting.md');

/** Pages that may have a table of codes, from the root. */
const sources = ['packages', 'apps'].flatMap((parent) =>
  readdirSync(join(root, parent)).map((folder) => `${parent}/${folder}/README.md`),
);

const cellsOf = (line) =>
  line
    .slice(1, line.lastIndexOf('|'))
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim());

/** Rows of the tables whose first column is the error code, each with the code and the texts beside it. */
export function codesOf(markdown) {
  const lines = markdown.split('\n');
  return lines.flatMap((line, n) => {
    if (!/^\| *(error )?`?code`? *\|/.test(line)) return [];
    const end = lines.findIndex((other, at) => at > n && !other.startsWith('|'));
    const [, ...titles] = cellsOf(line);
    return lines.slice(n + 2, end === -1 ? undefined : end).flatMap((row) => {
      const [codes = '', ...texts] = cellsOf(row);
      return [...codes.matchAll(/`([^`]+)`/g)].map(([, code]) => ({ code, titles, texts }));
    });
  });
}

/** Text of the page. */
export function troubleshootingPage(read = (path) => readFileSync(join(root, path), 'utf8')) {
  const byCode = new Map();
  for (const source of sources) {
    const markdown = read(source);
    const name = /^# (.+)$/m.exec(markdown)?.[1] ?? source;
    for (const { code, titles, texts } of codesOf(markdown)) {
      const means = texts.length > 1 ? `${sentence(texts[0])} ` : '';
      const entry = `- [${name}](../${source}): ${means}${sentence(texts.at(-1) ?? '')}`;
      if (titles.length === 0) throw new Error(`${source}: the table of codes says nothing of \`${code}\`.`);
      byCode.set(code, [...(byCode.get(code) ?? []), entry]);
    }
  }
  const codes = [...byCode.keys()].sort();
  return `${[
    '<!-- Written by `npm run docs` from the tables of codes in the pages of packages and apps. -->',
    '',
    '# Troubleshooting',
    '',
    'A heading for each error code. Every error of this project has a `code`, says what was expected and what to do; where the',
    'same code comes from several packages, look for the one that the error names. [Recover](guides/recover.md) goes by what',
    'happened instead. `store doctor` checks an endpoint, a lake and a data folder.',
    ...codes.flatMap((code) => ['', `## \`${code}\``, '', ...byCode.get(code)]),
  ].join('\n')}\n`;
}

/** A cell of a table as a sentence; it may begin with a piece of code, which stays as it is. */
function sentence(text) {
  const whole = /[.!?]$/.test(text) ? text : `${text}.`;
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}`;
}

if (process.argv[1] === import.meta.filename) writeFileSync(page, troubleshootingPage());
