import { expect, test } from 'vitest';
import { athenaLake } from './athena-lake.js';

test('a statement of any nesting is answered or refused, and numbers of one keep their digits', async () => {
  const lake = await athenaLake([]);
  for (const statement of [
    `SELECT ${'1 + '.repeat(700)}1`,
    `SELECT ${'1 + '.repeat(900)}1`,
    `SELECT ${'('.repeat(5_000)}1${')'.repeat(5_000)}`,
    `SELECT ${'abs('.repeat(600)}1${')'.repeat(600)}`,
    `SELECT * FROM (${'SELECT * FROM ('.repeat(300)}SELECT 1 AS x${') AS t'.repeat(300)}) AS t`,
    `SELECT ${'CASE WHEN true THEN '.repeat(400)}1${' END'.repeat(400)}`,
  ]) {
    const { failure = 'answered' } = await lake.ask(statement);
    expect(failure).not.toMatch(/call stack/i);
  }
  const exact = await lake.ask('SELECT 1234567890123456.78910, 1234567890123456789, 0.10, 1.50e0');
  expect(exact.failure).toBeUndefined();
  expect(exact.rows).toEqual([['1.2345678901234568E15', '1234567890123456789', '0.1', '1.5']]);
});
