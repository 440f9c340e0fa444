import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createStatementReader, type SqlStatement } from '../../src/sql/statement-reader.js';

function read(text: string): { statements: readonly SqlStatement[]; rest: SqlStatement | undefined } {
  const reader = createStatementReader();
  const statements = text.split('\n').flatMap((line) => reader.push(line));
  return { statements, rest: reader.take() };
}

test.each([
  ['select 1; select 2;', ['select 1', 'select 2']],
  ["select 'a;b''c;' ; select 1;", ["select 'a;b''c;'", 'select 1']],
  ['select "odd;name""s";', ['select "odd;name""s"']],
  ['select $$a;b$$;', ['select $$a;b$$']],
  ['-- first; of all\nselect 1;', ['select 1']],
  ['select 1 -- one;\n, 2;', ['select 1 -- one;\n, 2']],
  ['/* a;\nb */ select 5-/* ; */2/1;', ['select 5-/* ; */2/1']],
  [';;\n;', []],
])('%j ends where its statements end', (text, expected) => {
  expect(read(text).statements.map((statement) => statement.text)).toEqual(expected);
});

test('a statement knows its line, and what has no end is the rest', () => {
  expect(read("-- a comment\n\nselect 1; select\n2;\n'it is; open")).toEqual({
    statements: [
      { text: 'select 1', line: 3 },
      { text: 'select\n2', line: 3 },
    ],
    rest: { text: "'it is; open", line: 5 },
  });
});

test('the state tells what the lines so far end in', () => {
  const reader = createStatementReader();
  const states = ['-- note', 'select', "'a", "b'", '/* c', 'd */', ';'].map((line) => {
    reader.push(line);
    return reader.state;
  });
  expect(states).toEqual(['empty', 'open', 'quote', 'open', 'comment', 'open', 'empty']);
});

test('pieces of any kind, each with its ;, come back as they were', () => {
  const quoted = fc.string().map((text) => `'${text.replaceAll("'", "''")}'`);
  const named = fc.string().map((text) => `"${text.replaceAll('"', '""')}"`);
  const comment = fc.string().map((text) => `/*${text.replaceAll('*/', '')} */`);
  const word = fc.constantFrom('select', '1', '-', '/', '$', 'from t', '(', ')');
  const statement = fc
    .array(fc.oneof(quoted, named, comment, word), { minLength: 1, maxLength: 6 })
    .map((pieces) => `select ${pieces.join(' ')}`);
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), (statements) => {
      const { statements: found, rest } = read(statements.map((text) => `${text};`).join('\n'));
      expect(found.map(({ text }) => text)).toEqual(statements);
      expect(rest).toBeUndefined();
    }),
  );
});
