import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../folder.js';
import { eventWith, writeLake } from '../query/pretend-lake.js';
import { runStore, type Outcome } from '../terminal.js';

async function sql(
  stdin: string,
  args: readonly string[] = [],
  files: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const folder = await temporaryFolder();
  await writeLake(folder, [eventWith({}), eventWith({ store_id: 'S2', store_name: 'Mill', sequence: 2 })]);
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return runStore(['sql', '--data', folder, ...args], { cwd: folder, stdin });
}

const stores = 'select store_id, store_name from inventory_events order by 1';

test('statements over several lines run in order, the last one without its ;', async () => {
  const { code, stdout } = await sql('select 1 as a,\n2 as b; select 3 as c;\nselect 4 as d');
  expect(code).toBe(0);
  expect(stdout).toBe('a  b\n1  2\nc\n3\nd\n4\n');
});

test('.mode changes the form of the rows', async () => {
  const lines = ['table', 'line', 'csv', 'json'].flatMap((mode) => [`.mode ${mode}`, `${stores};`]);
  const { code, stdout } = await sql(`${lines.join('\n')}\n.mode\n`);
  expect(code).toBe(0);
  expect(stdout).toMatchInlineSnapshot(`
    "store_id  store_name
    S1        Harbour
    S2        Mill
      store_id = S1
    store_name = Harbour

      store_id = S2
    store_name = Mill
    store_id,store_name
    S1,Harbour
    S2,Mill
    [
      {
        "store_id": "S1",
        "store_name": "Harbour"
      },
      {
        "store_id": "S2",
        "store_name": "Mill"
      }
    ]
    json
    "
  `);
});

test('--json begins in JSON', async () => {
  expect(JSON.parse((await sql('select 1 as a;', ['--json'])).stdout)).toEqual([{ a: 1 }]);
});

test('.tables and .schema tell what there is', async () => {
  expect((await sql('.tables\n')).stdout).toBe('inventory_events\n');
  const { stdout } = await sql('.schema inventory_events\n');
  expect(stdout).toMatch(/^table +column +type\n/);
  expect(stdout).toMatch(/\ninventory_events +current_stock +INTEGER\n/);
  expect(await sql('.schema inventory_event\n')).toMatchObject({
    code: 1,
    stderr:
      'Error: There is no table inventory_event. Did you mean inventory_events?\nFix: `.tables` lists them.\n',
  });
});

test('.run takes a named query or a file, with its own commands, once within itself', async () => {
  const named = await sql('.run turnover\n');
  expect(named.stdout).toMatch(/^category +units_sold/);
  const files = {
    'a.sql': '.mode csv\nselect 1 as a;\n.run b.sql\nselect 3 as c',
    'b.sql': 'select 2 as b;',
  };
  expect(await sql('.run a.sql\nselect 4 as d;', [], files)).toMatchObject({
    code: 0,
    stdout: 'a\n1\nb\n2\nc\n3\nd\n4\n',
  });
  const circle = await sql('.run a.sql', [], { 'a.sql': '.run ./a.sql' });
  expect(circle).toMatchObject({ code: 2, stderr: expect.stringContaining('runs itself') as string });
});

test('.timer prints the time of a statement on standard error, and only then', async () => {
  expect((await sql('.timer on\nselect 1;\n.timer off\nselect 2;')).stderr).toMatch(/^Time: [\d.]+ m?s\n$/);
});

test('.quit leaves what follows alone', async () => {
  expect(await sql('select 1 as a;\n.quit\nselect wrong;')).toMatchObject({ code: 0, stdout: 'a\n1\n' });
});

test('the first statement that fails ends the script, with its line and the words of `store query`', async () => {
  const { code, stdout, stderr } = await sql(
    'select 1 as a;\n\nselect nosuch\nfrom inventory_events;\nselect 2;',
  );
  expect(code).toBe(1);
  expect(stdout).toBe('a\n1\n');
  expect(stderr).toMatch(/^Error: Line 3: Binder Error: Referenced column "nosuch" not found/);
  expect(stderr).toContain('\nFix: The events are in the table inventory_events;');
  const inFile = await sql('.run a.sql', [], { 'a.sql': '\nselect nosuch;' });
  expect(inFile.stderr).toContain('Error: a.sql, line 2: Binder Error');
});

test('what does not only read is refused', async () => {
  expect(await sql('drop table inventory_events;')).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Only SELECT and EXPLAIN') as string,
  });
});

test('a command that is not there is answered with the nearest, and .help lists them', async () => {
  expect(await sql('.table\n')).toMatchObject({
    code: 2,
    stderr: 'Error: There is no command .table. Did you mean tables?\nFix: `.help` lists them.\n',
  });
  expect((await sql('.help\n')).stdout).toMatchInlineSnapshot(`
    ".help                        this list
    .tables                      tables that a statement can name
    .schema [TABLE]              columns and their types
    .mode [table|line|csv|json]  form of the rows; without a name, the one that holds
    .timer [on|off]              print the time that each statement took
    .run NAME|FILE               a named query (low-stock, stockouts, turnover, late-events, trucks), or the lines of a file
    .quit                        leave, as Ctrl-D does
    Everything else is SQL, up to its ;
    "
  `);
});

test('without a lake there is no shell', async () => {
  const { code, stderr } = await runStore(['sql'], { cwd: await temporaryFolder(), stdin: 'select 1;' });
  expect(code).toBe(1);
  expect(stderr).toContain('There is no folder');
});
