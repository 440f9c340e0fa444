import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { bundle } from '../scripts/bundle.mjs';
import { files, read, root } from './repository.js';

/**
 * A page shows an example as a block whose first line names its file, and after the word "prints" a block
 * of what it prints. Both must be true; `UPDATE=1` writes them again.
 */
const shown =
  /```ts\n\/\/ (examples\/[\w-]+\.ts)\n([\s\S]*?)```(?:\n[^`]*\bprints\b[^`]*\n```text\n([\s\S]*?)```)?/g;

interface Example {
  readonly page: string;
  readonly file: string;
  readonly code: string;
  readonly printed: string | undefined;
}

const examples: readonly Example[] = files('.md').flatMap((page) =>
  [...read(page).matchAll(shown)].map(([, name = '', code = '', printed]) => ({
    page,
    file: join(dirname(page), name),
    code,
    printed,
  })),
);

async function runExample(file: string): Promise<string> {
  const env = {
    ...process.env,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    // The CDK's own check of a template takes 12 s of CPU; the tests of the constructs and of the app have it.
    CDK_VALIDATION: 'false',
  };
  const { stdout } = await promisify(execFile)(process.execPath, [await bundle(join(root, file))], {
    cwd: root,
    env,
  });
  return stdout;
}

function update({ page, file, code, printed }: Example, actual: string): void {
  let text = read(page).replace(code, () => read(file));
  if (printed !== undefined) text = text.replace(`\`\`\`text\n${printed}`, () => `\`\`\`text\n${actual}`);
  writeFileSync(join(root, page), text);
}

test.each(examples)('$page shows $file and what it prints', async (example) => {
  const actual = await runExample(example.file);
  if (process.env.UPDATE === '1') update(example, actual);
  else {
    expect(example.code).toBe(read(example.file));
    if (example.printed !== undefined) expect(example.printed).toBe(actual);
  }
});

test('every example of a package is shown on its page', () => {
  const all = files('.ts').filter((path) => /^packages\/[\w-]+\/examples\//.test(path));
  expect(examples.map(({ file }) => file)).toEqual(expect.arrayContaining(all));
});

test('every package has a page', () => {
  const folders = files('package.json').map((path) => dirname(path));
  expect(files('README.md').map((path) => dirname(path))).toEqual(expect.arrayContaining(folders));
});
