import { expect, test } from 'vitest';
import { compileJq } from '@store/jq';
import { partitionKeysOf } from '../../src/delivery/partition-keys.js';

test('a query that makes a key of each of a record’s numbers takes a record of ten thousand', () => {
  const program = compileJq('.');
  const query = { text: '.', budget: { steps: Infinity }, run: (document: unknown) => program(document) };
  const text = Array.from({ length: 10_000 }, (_, at) => `"k${at}":${at}`).join(',');
  const found = partitionKeysOf(query, JSON.parse(`{${text},"__proto__":7,"s":"x"}`), 0);
  const keys = found.ok ? found.keys : {};
  expect(Object.keys(keys)).toHaveLength(10_002);
  expect(keys).toMatchObject({ k9999: '9999', s: 'x' });
  expect(Object.getOwnPropertyDescriptor(keys, '__proto__')?.value).toBe('7');
});
