import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { runStore } from '../terminal.js';

const configText = `import { defineConfig } from '@store/cli';
export default defineConfig({ all: { seed: 7, stores: 3 }, commands: { demo: { stores: 4 } } });
`;

test('doctor shows which value comes from where: environment before command before all', async () => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'store.config.ts'), configText);
  const { code, stdout } = await runStore(['doctor', '--json'], { cwd, env: { STORE_SEED: '9' } });
  expect(code).toBe(0);
  const { settings } = JSON.parse(stdout) as {
    settings: { command: string; name: string; value: string; from: string }[];
  };
  const of = (command: string, name: string): unknown =>
    settings.find((setting) => setting.command === command && setting.name === name);
  expect(of('demo', 'stores')).toMatchObject({ value: '4', from: 'commands.demo' });
  expect(of('generate', 'stores')).toMatchObject({ value: '3', from: 'all' });
  expect(of('demo', 'seed')).toMatchObject({ value: '9', from: 'STORE_SEED' });
});

test.each([
  ['export default { all: { sores: 3 } };', 'Unknown option `all.sores`. Did you mean `all.stores`?'],
  ['export default { commands: { demo: { stream: "x" } } };', 'Unknown option `commands.demo.stream`.'],
  [
    'export default { commands: { dmo: {} } };',
    'Unknown option `commands.dmo`. Did you mean `commands.demo`?',
  ],
  ['export default { stores: 3 };', 'Unknown option `stores`. Known options: `all`, `commands`.'],
  ['export default { all: { stores: [3] } };', 'Expected `all.stores` to be text, a number or true or false'],
  ['export default { all: { stores: "many" } };', 'Expected a whole number from 1 to 1,000,000, got many.'],
])('a configuration file that says %s is wrong usage', async (content, complaint) => {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, 'store.config.ts'), content);
  const { code, stderr } = await runStore(['generate'], { cwd });
  expect(stderr).toContain(complaint);
  expect(code).toBe(2);
});

test('a wrong value in the environment is named with its variable', async () => {
  const { code, stderr } = await runStore(['generate'], { env: { STORE_STORES: '-1' } });
  expect(stderr).toContain('STORE_STORES: Expected a whole number');
  expect(code).toBe(2);
});

test('a command below a command takes the settings of the one above it', async () => {
  const cwd = await temporaryFolder();
  await writeFile(
    join(cwd, 'store.config.ts'),
    'export default { commands: { restock: { data: "elsewhere" } } };',
  );
  const { code, stderr } = await runStore(['restock', 'plan'], { cwd });
  expect(stderr).toContain(`There is no folder ${join(cwd, 'elsewhere')}.`);
  expect(code).toBe(1);
});

test.each([
  ['store.config.ts', 'export default {\n', "Line 2: '}' expected."],
  ['store.config.json', '{,}', 'Expected property name'],
  ['store.config.mjs', 'throw new Error("no figs");', 'no figs'],
  ['store.config.mjs', 'import "./none.js";', 'Cannot find module'],
])(
  '%s that cannot be read is named with what is wrong with it, and never passed over',
  async (name, text, why) => {
    const cwd = await temporaryFolder();
    await writeFile(join(cwd, name), text);
    const { code, stdout, stderr } = await runStore(['generate', '--max-events', '1'], { cwd });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(`Error: ${join(cwd, name)} cannot be read. ${why}`);
  },
);
