import { describe, expect, test } from 'vitest';
import { completionsAt } from '../src/views/sql/completion.js';
import { offsetOf, placeOf, splitStatements } from '../src/views/sql/statements.js';

const texts = (text: string): readonly string[] => splitStatements(text).map(({ sql }) => sql);

describe('statements of a text', () => {
  test('a semicolon ends one, except in quotes, comments and between dollars', () => {
    expect(texts('select 1; select 2')).toEqual(['select 1', 'select 2']);
    const whole = [
      `select ';', "a;b", 'it''s;'`,
      `select e'\\';' as x`,
      'select 1 -- no; end\n+ 1',
      'select /* a; b */ 1',
      'select $$ a; b $$, $x$ ; $$ ; $x$',
    ];
    for (const sql of whole) expect(texts(`${sql};\nselect 2`)).toEqual([sql, 'select 2']);
  });

  test('what is only space or comment is none, and what is not closed continues to the end', () => {
    expect(texts(' ;; -- nothing\n; /* none */ ')).toEqual([]);
    expect(texts(`select 'a; select 2`)).toEqual([`select 'a; select 2`]);
    expect(texts('select 1 /* a; select 2')).toEqual(['select 1 /* a; select 2']);
  });

  test('each begins where it says, and a place in it is a place in the text', () => {
    const text = '-- first\nselect 1;\n\n  select\n  wrong';
    const [first, second] = splitStatements(text);
    expect([first?.start, text.slice(second?.start)]).toEqual([9, 'select\n  wrong']);
    const at = (second?.start ?? 0) + offsetOf(second?.sql ?? '', 2, 3);
    expect([text.slice(at), placeOf(text, at)]).toEqual(['wrong', { line: 5, column: 3 }]);
    expect(offsetOf('a\nbc', 2, undefined)).toBe(2);
    expect(offsetOf('a\nbc', 9, 9)).toBe(4);
  });
});

describe('words that complete what is written', () => {
  const schema = {
    tables: [
      {
        name: 'inventory_events',
        isView: false,
        columns: [
          { name: 'store_id', type: 'string', comment: '', isPartition: false },
          { name: 'location', type: 'struct<city:string,latitude:double>', comment: '', isPartition: false },
        ],
      },
    ],
  };
  const words = (text: string): readonly string[] =>
    completionsAt(text, text.length, schema).words.map(({ word }) => word);

  test('columns come before functions and keywords, and a table behind from is found', () => {
    expect(words('select st')).toEqual(['store_id', 'strftime']);
    expect(words('select * from INV')).toEqual(['inventory_events']);
    expect(words('sel')).toEqual(['select']);
  });

  test('behind a dot are the columns of a table or the fields of a column', () => {
    expect(words('select location.')).toEqual(['city', 'latitude']);
    expect(words('select inventory_events.st')).toEqual(['store_id']);
    expect(words('select nothing.st')).toEqual([]);
  });

  test('a word that is there already is no proposal', () => {
    expect(words('select store_id')).toEqual([]);
  });
});
