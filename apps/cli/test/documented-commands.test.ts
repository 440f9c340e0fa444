import { CommanderError, type Command } from 'commander';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { buildProgram } from '../src/program.js';
import { allExamples } from './terminal/example-folder.js';

const root = join(import.meta.dirname, '..', '..', '..');
const pages = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' })
  .trim()
  .split('\n')
  .filter((path) => !path.startsWith('.changeset/'));

interface Documented {
  readonly page: string;
  readonly line: string;
  /** In a block of commands, so that arguments must be there as well. */
  readonly whole: boolean;
}

/** Every `store …` of a page, in its blocks of shell and between backticks. */
function commandsOf(page: string): Documented[] {
  const text = readFileSync(join(root, page), 'utf8');
  const lead = /^(?:\w+=\S+ +)*(?:npm run store -- |npx store |store )(?=[a-z-])/;
  const take = (candidates: readonly string[], whole: boolean): Documented[] =>
    candidates
      .map((line) => line.trim().replace(/^\$ /, ''))
      .filter((line) => lead.test(line))
      .map((line) => ({ page, line: line.replace(lead, ''), whole }));
  const blocks = [...text.matchAll(/^```(?:sh|bash|shell)\n([\s\S]*?)^```/gm)];
  const prose = text.replaceAll(/^```[\s\S]*?^```/gm, '');
  const inline = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code);
  return [
    ...take(
      blocks.flatMap(([, block = '']) => block.split('\n')),
      true,
    ),
    ...take(inline, false),
  ];
}

/** Every `store …` between backticks in a text of our sources, with a word where a value is filled in. */
function printedBy(file: string): Documented[] {
  const code = readFileSync(join(root, file), 'utf8').replaceAll(/^\s*(?:\/?\*|\/\/).*$/gm, '');
  return [...code.matchAll(/(?<!\[)\\?`(store [a-z][^`\\]*)\\?`/g)].map(([, printed = '']) => {
    const line = printed.replaceAll(/(?<= )\$\{[^}]*\}/g, 'word').replaceAll(/\$\{[^}]*\}/g, '');
    const rest = line.replace(/^store /, '');
    return { page: file, line: rest, whole: / (?:-|word|[./])/.test(rest) };
  });
}

/** Words as a shell cuts them, up to a pipe, a redirection or a comment. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [word, single, double] of line.matchAll(/'([^']*)'|"([^"]*)"|[^\s'"]+/g)) {
    if (/^(\||[<>]|#|&|;|…)/.test(word)) break;
    words.push(single ?? double ?? word);
  }
  return words;
}

/** What is wrong with a command line, without running it. */
function complaint({ line, whole }: Documented): string | undefined {
  const stream = new PassThrough();
  const signal = new AbortController().signal;
  const terminal = { stdin: stream, stdout: stream, stderr: stream, env: {}, cwd: '/', signal };
  let command: Command = buildProgram(
    terminal,
    () => undefined,
    () => undefined,
  );
  const words = wordsOf(line);
  if (words[0]?.startsWith('-') === true) return undefined;
  for (;;) {
    const next = command.commands.find((child) => child.name() === words[0]);
    if (next === undefined) break;
    words.shift();
    command = next;
  }
  if (command.name() === 'store') return `there is no command ${words[0] ?? ''}`;
  const [below = '-'] = words;
  if (command.commands.length > 0 && !below.startsWith('-')) return `there is no command ${below} below it`;
  try {
    const { operands, unknown } = command.parseOptions(words);
    const strange = unknown.find((word) => word !== '--help');
    if (strange !== undefined) return `there is no option ${strange}`;
    if (operands.length > command.registeredArguments.length) return 'too many arguments';
    const needed = command.registeredArguments.filter(({ required }) => required).length;
    if (whole && operands.length < needed) return 'an argument is missing';
    const given = words.flatMap((word) => /^--?[\w-]+/.exec(word) ?? []);
    const missing = command.options.find(
      ({ mandatory, long, short }) => mandatory && !given.some((name) => name === long || name === short),
    );
    return whole && missing !== undefined ? `it needs ${missing.flags}` : undefined;
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
}

test('every command that the code prints is one that the command knows, with all that it needs', () => {
  const sources = execFileSync('git', ['ls-files', 'apps/cli/src/*.ts', 'packages/*/src/*.ts'], {
    cwd: root,
    encoding: 'utf8',
  });
  const printed = sources.trim().split('\n').flatMap(printedBy);
  expect(printed.length).toBeGreaterThan(25);
  expect(
    printed.flatMap((found) => {
      const wrong = complaint(found);
      return wrong === undefined ? [] : [`${found.page}: store ${found.line}: ${wrong}`];
    }),
  ).toEqual([]);
});

test('every example of every help is one that its command takes, with all that it needs', () => {
  const examples = allExamples().flatMap((line) =>
    [...line.replace(/^source <\((.*)\)$/, '$1').matchAll(/(?:^|[|&] |=\S+ )store ([^|&]+)/g)].map(
      ([, rest = '']) => ({
        page: 'help',
        line: rest,
        whole: true,
      }),
    ),
  );
  expect(examples.length).toBeGreaterThan(70);
  expect(examples.flatMap((found) => complaint(found) ?? [])).toEqual([]);
});

test('every command in every page is one that the command knows, with options and values that it takes', () => {
  const documented = pages.flatMap(commandsOf);
  expect(documented.length).toBeGreaterThan(40);
  expect(
    documented.flatMap((found) => {
      const wrong = complaint(found);
      return wrong === undefined ? [] : [`${found.page}: store ${found.line}: ${wrong}`];
    }),
  ).toEqual([]);
});
