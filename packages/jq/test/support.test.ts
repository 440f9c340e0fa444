import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { builtinSignatures } from '../src/builtins.js';
import { builtinsOfJq16 } from './jq-16-builtins.js';
import { ourAnswer } from './differential.js';
import { compileJq } from '../src/index.js';
import { askJq, hasJq16 } from './oracle.js';
import { functionCases, refusedForms, syntaxCases, type SupportCase } from './support-cases.js';

/** `null`, `true` and `false` are literals to jq, and functions to our parser. */
const literals = new Set(['null/0', 'true/0', 'false/0']);
const supported = builtinSignatures.filter((signature) => !literals.has(signature)).sort();
const refused = builtinsOfJq16.filter((signature) => !supported.includes(signature));
const cases = [...syntaxCases, ...functionCases];

test('each function has an example, and is one of jq 1.6', () => {
  expect(functionCases.map(([name]) => name)).toEqual(supported);
  expect(builtinsOfJq16).toEqual(expect.arrayContaining(supported));
});

test.each(refused)('%s is refused by name', (signature) => {
  const [name = '', count = '0'] = signature.split('/');
  const args = Array.from({ length: Number(count) }, () => '.').join(';');
  const program = args === '' ? name : `${name}(${args})`;
  expect(() => compileJq(program)).toThrow(
    expect.objectContaining({ code: 'UNSUPPORTED', message: expect.stringContaining(signature) as string }),
  );
});

test.each(refusedForms)('%s is refused by name', (_, program) => {
  expect(() => compileJq(program)).toThrow(expect.objectContaining({ code: 'UNSUPPORTED' }));
});

test.skipIf(!hasJq16())('jq 1.6 gives the same for every example, and has these functions', () => {
  const programs = cases.map(([, program, input]) => `(${input}) | (${program}\n)`);
  const [answers = []] = askJq([...programs, '[builtins[]] | sort | tojson'], ['null']);
  expect(cases.map(([, program, input]) => ourAnswer(program, JSON.parse(input)))).toEqual(
    answers.slice(0, -1),
  );
  expect(answers.at(-1)).toBe(JSON.stringify({ ok: [JSON.stringify(builtinsOfJq16)] }));
});

test('SUPPORT.md is what holds', async () => {
  const path = join(import.meta.dirname, '../SUPPORT.md');
  const page = await format(supportPage(), { parser: 'markdown', printWidth: 110, proseWrap: 'preserve' });
  if (process.env.UPDATE === '1') writeFileSync(path, page);
  else expect(readFileSync(path, 'utf8')).toBe(page);
});

function supportPage(): string {
  const cell = (text: string): string => `\`${text.replaceAll('|', '\\|')}\``;
  const row = ([name, program, input]: SupportCase): string => {
    const outputs = compileJq(program)(JSON.parse(input)).map((output) => JSON.stringify(output));
    return `| ${name.includes('/') ? cell(name) : name} | ${cell(program)} | ${cell(input)} | ${outputs.map(cell).join(' ')} |`;
  };
  const table = (rows: readonly SupportCase[]): string =>
    ['| what | example | of | gives |', '| --- | --- | --- | --- |', ...rows.map(row)].join('\n');
  return [
    '# What @store/jq supports of jq 1.6',
    'Written by `test/support.test.ts`, which runs each example, also through jq 1.6 itself where it is installed. What is not supported is refused when the program is compiled, with the code `UNSUPPORTED` and its name.',
    '## The language',
    table(syntaxCases),
    `## Functions: ${supported.length} of ${builtinsOfJq16.length}`,
    table(functionCases),
    '## Refused by name',
    `Forms: ${refusedForms.map(([name]) => name).join('; ')}.`,
    `Functions: ${refused.map((name) => `\`${name}\``).join(', ')}.`,
    'Regular expressions take a time that is linear in the text: short texts go through the engine of JavaScript where its work has a bound that is known beforehand, all others through RE2. Refused, when the program is compiled if the expression is in it, are those that the engines could read differently or RE2 cannot say: look-ahead and look-behind, back references, possessive and atomic groups, POSIX classes, `\\h` and the like, flags other than `g` and `i`, inline flags other than `(?i)` and `(?s)` at the start or for a group, and more than 1,000 repetitions written out. What groups capture is refused where it is in a repetition that may take them differently.',
    'Refused on the input itself, not guessed: the order of the keys of an object of which one is an integer, where the answer depends on it, since JavaScript does not keep it; flag `i` over letters that are several small ones, such as ß.',
  ].join('\n\n');
}
