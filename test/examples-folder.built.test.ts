import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.mjs';
import { root, read } from './repository.js';

const page = 'examples/README.md';

/** Each command of the page, with what it prints there. */
const shown = [...read(page).matchAll(/```sh\n(.*)\n```\n\n```text\n([\s\S]*?)```/g)].map(
  ([, command = '', output = '']) => ({ command, output }),
);

/** What differs from run to run. */
const steady = (printed: string): string => printed.replaceAll(/\bin [\d.,]+ m?s\b/g, 'in # s');

/** How commands of the page begin, and what Node starts then; the words of a command are the rest. */
const sources = 'npx tsx --conditions=@store/source ';
const command = 'npm run -s store -- ';

/** What Node is given for a command. The first that reads sources does so through tsx, as written; tsx is slow to start. */
async function argumentsOf(line: string): Promise<readonly string[]> {
  if (line.startsWith(command))
    return [join(root, 'apps/cli/bin/store.js'), ...line.slice(command.length).split(' ')];
  expect(line).toContain(sources);
  const [file = '', ...words] = line.slice(sources.length).split(' ');
  const first = shown.find((one) => one.command.startsWith(sources))?.command;
  if (line === first) return ['--import', 'tsx', '--conditions=@store/source', file, ...words];
  return [await bundle(join(root, file)), ...words];
}

test('every example of the index is run', () => {
  const folders = [...read(page).matchAll(/^\| \[[\w-]+\]\(([\w-]+)\//gm)].map(([, folder = '']) => folder);
  expect(folders.length).toBeGreaterThan(3);
  expect(folders.filter((name) => !shown.some(({ command }) => command.includes(`/${name}/`)))).toEqual([]);
});

test.each(shown)('$command', async ({ command: line, output }) => {
  const { stdout } = await promisify(execFile)(process.execPath, await argumentsOf(line), {
    cwd: root,
    env: { ...process.env, NO_COLOR: '1', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  expect(steady(stdout)).toBe(steady(output));
});
