import { JsonNumber, readJson, stringifyJson } from '@store/foundation';
import { describe, expect, test } from 'vitest';
import { createDeserializer, toGlueColumns, type ConversionOutcome } from '../src/index.js';
import { inventoryEvent, sampleEvent } from './inventory-event-schema.js';

/** Converts `{ c: value }` for one column of the given type, and shows what came of it. */
function openx(type: string, value: unknown): unknown {
  return show(createDeserializer([{ Name: 'c', Type: type }]).convert({ c: value }));
}

function hive(type: string, value: unknown, timestampFormats: readonly string[] = []): unknown {
  const columns = [{ Name: 'c', Type: type }];
  return show(createDeserializer(columns, { serde: 'hive', timestampFormats }).convert({ c: value }));
}

function show(outcome: ConversionOutcome): unknown {
  if (outcome.kind === 'unchanged') return 'unchanged';
  if (outcome.kind === 'failed') return outcome.code.replace('DataFormatConversion.', '');
  const text = stringifyJson(outcome.document.c ?? null);
  // The only number that JSON.parse would not show.
  return text === '-0.0' ? text : { stored: JSON.parse(text) as unknown };
}

function deep(depth: number): unknown {
  let value: unknown = [];
  for (let at = 1; at < depth; at += 1) value = [{ A: value }];
  return { A: value };
}

const stored = (value: unknown): unknown => ({ stored: value });
const malformed = 'MalformedData';

describe('OpenX', () => {
  test('an event in its wire form stays as it is', () => {
    expect(createDeserializer(toGlueColumns(inventoryEvent)).convert(sampleEvent)).toEqual({
      kind: 'unchanged',
    });
  });

  test.each([
    ['int', '7', stored(7)],
    ['int', 3.7, malformed],
    ['int', 2 ** 31, malformed],
    ['int', true, malformed],
    ['tinyint', 127, 'unchanged'],
    ['tinyint', 128, malformed],
    ['bigint', '9007199254740993', stored('9007199254740993')],
    ['bigint', 2 ** 60, 'unchanged'],
    ['bigint', 1e300, malformed],
    ['double', '1e5', stored(100_000)],
    ['double', 'NaN', stored('NaN')],
    ['float', 1e39, stored('Infinity')],
    ['boolean', 'TRUE', stored(true)],
    ['boolean', 1, malformed],
    ['decimal(10,2)', 12.5, 'unchanged'],
    ['decimal(10,2)', '12.50', 'unchanged'],
    ['decimal(10,2)', '12.345', stored('12.35')],
    ['decimal(10,2)', '1e2', stored('100.00')],
    ['decimal(10,2)', -0.005, stored('-0.01')],
    ['decimal(10,2)', 123456789, malformed],
    ['string', 5, 'unchanged'],
    ['string', 0.0001, stored('0.0001')],
    ['string', { A: [{ B: 1 }] }, stored('{"a":[{"b":1}]}')],
    ['string', 'x\ud800', stored('x?')],
    ['varchar(3)', 'abcd', stored('abc')],
    ['char(3)', 'a ', stored('a')],
    ['date', '2026-1-5', stored('2026-01-05')],
    ['date', '2026-01-05', 'unchanged'],
    ['date', '2026-02-30', malformed],
    ['timestamp', '2026-01-05T08:30:00.123Z', 'unchanged'],
    ['timestamp', '2026-01-05T08:30:00+02:00', malformed],
    ['timestamp', '2026-1-5 8:30:0', stored('2026-01-05T08:30:00Z')],
    ['timestamp', 1_780_000_000, stored('2026-05-28T20:26:40Z')],
    ['timestamp', 1_780_000_000_500, stored('2026-05-28T20:26:40.5Z')],
    ['timestamp', '1780000000.25', stored('2026-05-28T20:26:40.25Z')],
    ['timestamp', 999_999_999_999, stored('2092-10-26T00:40:18.684212736Z')],
    ['array<int>', 5, stored([5])],
    ['array<int>', [1, null], 'unchanged'],
    ['array<int>', ['1'], stored([1])],
    ['map<string,int>', { A: 1 }, stored({ a: 1 })],
    ['map<int,string>', { '1': 'x' }, stored({ '1': 'x' })],
    ['map<string,int>', 'x', malformed],
    ['struct<x:int,y:string>', [1, 'b'], stored({ x: 1, y: 'b' })],
    ['struct<x:int>', 'x', malformed],
    ['struct<x:int>', {}, 'unchanged'],
    ['struct<x:int>', { X: 1, z: 2 }, stored({ x: 1 })],
    ['int', null, 'unchanged'],
  ])('%s of %j becomes %j', (type, value, outcome) => {
    expect(openx(type, value)).toEqual(outcome);
  });

  test('keys match in any case, are dropped when unknown, and may not appear twice', () => {
    const { convert } = createDeserializer([{ Name: 'a', Type: 'int' }]);
    expect(convert({ A: 1, b: 2 })).toEqual({ kind: 'changed', document: { a: 1 } });
    expect(convert({ A: 1, a: 2 })).toMatchObject({ code: 'DataFormatConversion.ParseError' });
    expect(convert([1])).toMatchObject({ code: 'DataFormatConversion.ParseError' });
  });

  test('mappings, dots and case follow their options', () => {
    const columns = [
      { Name: 'ts', Type: 'int' },
      { Name: 'a_b', Type: 'int' },
    ];
    const { convert } = createDeserializer(columns, {
      columnToJsonKeyMappings: { ts: 'timestamp' },
      convertDotsInJsonKeysToUnderscores: true,
      caseInsensitive: false,
    });
    expect(convert({ timestamp: 1, ts: 9, 'a.b': 2 })).toEqual({
      kind: 'changed',
      document: { ts: 1, a_b: 2 },
    });
    expect(convert({ Timestamp: 1, a_b: 2 })).toEqual({ kind: 'changed', document: { a_b: 2 } });
  });
});

describe('a number is its text until a column reads it', () => {
  const n = (text: string): JsonNumber => new JsonNumber(text);
  test.each([
    ['bigint', n('1234567890123456789'), 'unchanged'],
    ['bigint', n('9223372036854775807'), 'unchanged'],
    ['bigint', n('-9223372036854775808'), 'unchanged'],
    ['bigint', n('9223372036854775808'), malformed],
    ['bigint', n('-9223372036854775809'), malformed],
    ['bigint', n('9'.repeat(100_000)), malformed],
    ['bigint', n('1e3'), malformed],
    ['bigint', n('1.0'), malformed],
    ['bigint', n('-0'), 'unchanged'],
    ['bigint', `${'0'.repeat(100_000)}7`, stored(7)],
    ['int', n('1.0'), malformed],
    ['int', n('-0'), stored(0)],
    ['string', n('1234567890123456789'), stored('1234567890123456789')],
    ['string', n('1e400'), stored('1e400')],
    ['string', n('-0'), stored('-0')],
    ['string', n('1.50'), stored('1.50')],
    ['string', { A: [n('1.50'), n('1e400')] }, stored('{"a":[1.50,1e400]}')],
    ['varchar(4)', n('1234567890123456789'), stored('1234')],
    ['decimal(20,4)', n('1234567890123456.7891'), stored('1234567890123456.7891')],
    ['decimal(38,0)', n('9'.repeat(38)), stored('9'.repeat(38))],
    ['decimal(38,0)', n('1'.repeat(39)), malformed],
    ['decimal(10,2)', n('12.50'), 'unchanged'],
    ['decimal(10,2)', n('1e999999999'), malformed],
    ['decimal(10,2)', n('1e-999999999'), stored('0.00')],
    ['decimal(10,2)', n('0.0049999999999999999999'), stored('0.00')],
    ['double', n('1.50'), 'unchanged'],
    ['double', n('1e400'), stored('Infinity')],
    ['double', n('-0.0'), '-0.0'],
    ['double', n('-0'), '-0.0'],
    ['float', n('-0'), '-0.0'],
    ['double', '-0', '-0.0'],
    ['timestamp', n('1780000000.250000001'), stored('2026-05-28T20:26:40.250000001Z')],
    ['boolean', n('1.0'), malformed],
    ['struct<text:string>', n('1.50'), malformed],
    ['map<string,string>', n('1.50'), malformed],
    ['array<bigint>', [n('1234567890123456789'), 1], 'unchanged'],
  ])('OpenX: %s of %s becomes %j', (type, value, outcome) => {
    expect(openx(type, value)).toEqual(outcome);
  });

  test.each([
    ['bigint', n('1234567890123456789'), stored('1234567890123456789')],
    ['bigint', n('9223372036854775807'), stored('9223372036854775807')],
    ['bigint', n('9223372036854775808'), malformed],
    ['bigint', n('1e3'), stored('1000')],
    ['bigint', n('1e400'), malformed],
    ['int', n('2147483648'), malformed],
    ['int', n('1.9e0'), stored(1)],
    ['decimal(20,4)', n('1234567890123456.7891'), stored('1234567890123456.7891')],
    ['string', n('1.50'), stored('1.50')],
    ['string', 'a\ud800', stored('a?')],
    ['map<string,string>', { 'a\ud800': '\udc00b' }, stored({ 'a?': '?b' })],
    ['double', n('-0'), '-0.0'],
  ])('Hive: %s of %s becomes %j', (type, value, outcome) => {
    expect(hive(type, value)).toEqual(outcome);
  });

  test('a message about a value has a bounded length', () => {
    for (const value of ['x'.repeat(1_000_000), n('9'.repeat(1_000_000)), deep(100_000)]) {
      for (const type of ['int', 'struct<x:int>', 'date', 'timestamp', 'boolean']) {
        const outcome = createDeserializer([{ Name: 'c', Type: type }]).convert({ c: value });
        if (outcome.kind === 'failed') expect(outcome.message.length).toBeLessThan(1_000);
      }
    }
  });

  test('a value of any depth takes none of the stack', () => {
    const text = `${'{"a":['.repeat(100_000)}${']}'.repeat(100_000)}`;
    const sent = deep(100_000);
    const { convert } = createDeserializer([{ Name: 'c', Type: 'string' }]);
    expect(convert({ c: sent })).toEqual({ kind: 'changed', document: { c: text } });
    expect(convert({ c: 'x', unread: sent })).toMatchObject({ kind: 'changed', document: { c: 'x' } });
    expect(hive('string', sent)).toBe(malformed);
  });
});

test('a key that appears twice is refused by OpenX at any depth, and bytes that are no UTF-8 by Hive', () => {
  const columns = [{ Name: 'c', Type: 'int' }];
  const reading = readJson('{"c":1,"unread":[{"x":1,"x":2}]}');
  if (!reading.ok) throw new Error('It is JSON.');
  const openxOutcome = createDeserializer(columns).convert(reading.value, reading);
  expect(openxOutcome).toMatchObject({ kind: 'failed', message: 'Duplicate key "x"' });
  const { convert } = createDeserializer(columns, { serde: 'hive' });
  expect(convert(reading.value, reading)).toEqual({ kind: 'changed', document: { c: 1 } });
  expect(convert({ c: 1 }, { invalidUtf8: 'Invalid UTF-8 start byte 0xff' })).toMatchObject({
    kind: 'failed',
    code: 'DataFormatConversion.ParseError',
    message: 'Invalid UTF-8 start byte 0xff',
  });
});

describe('Hive', () => {
  test.each([
    ['int', '7', malformed],
    ['int', 3.7, stored(3)],
    ['string', 5, stored('5')],
    ['string', {}, malformed],
    ['array<int>', 5, malformed],
    ['struct<x:int>', [1], malformed],
    ['map<string,int>', { A: 1 }, stored({ A: 1 })],
    ['timestamp', '2026-01-05 08:30:00', stored('2026-01-05T08:30:00Z')],
    ['timestamp', '2026-01-05T08:30:00Z', malformed],
  ])('%s of %j becomes %j', (type, value, outcome) => {
    expect(hive(type, value)).toEqual(outcome);
  });

  test('timestamp formats are tried in order', () => {
    const formats = ['millis', "yyyy-MM-dd'T'HH:mm:ssZ"];
    expect(hive('timestamp', 1_780_000_000_000, formats)).toEqual(stored('2026-05-28T20:26:40Z'));
    expect(hive('timestamp', '2026-01-05T08:30:00+0200', formats)).toEqual(stored('2026-01-05T06:30:00Z'));
  });
});
