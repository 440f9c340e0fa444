import { expect, test } from 'vitest';
import { createDeserializer, timestampFormatProblem } from '../src/index.js';

/** Pattern, text and the instant that Joda-Time's DateTimeFormat reads, in UTC; `undefined` where it does not match. */
const table: readonly (readonly [pattern: string, text: string, instant: string | undefined])[] = [
  ['dd/MMM/yyyy:HH:mm:ss Z', '10/Oct/2026:13:55:36 -0700', '2026-10-10 20:55:36'],
  ['MM/dd/yyyy hh:mm:ss a', '01/02/2026 12:30:00 AM', '2026-01-02 00:30:00'],
  ['MM/dd/yyyy hh:mm:ss a', '01/02/2026 12:30:00 pm', '2026-01-02 12:30:00'],
  ['MM/dd/yyyy hh:mm:ss a', '01/02/2026 13:30:00 PM', undefined],
  ['yyyy-DDD', '2026-060', '2026-03-01 00:00:00'],
  ['yyyy-DDD', '2024-366', '2024-12-31 00:00:00'],
  ['yyyy-DDD', '2026-366', undefined],
  ['yyyyMMddHHmmss', '20260102030405', '2026-01-02 03:04:05'],
  ["yyyy-MM-dd'T'HH:mm:ssZ", '2026-01-02T03:04:05+05:30', '2026-01-01 21:34:05'],
  ["yyyy-MM-dd'T'HH:mm:ssZ", '2026-01-02T03:04:05Z', '2026-01-02 03:04:05'],
  ['EEE, d MMMM yyyy', 'Fri, 2 January 2026', '2026-01-02 00:00:00'],
  ['EEE, d MMMM yyyy', 'Sat, 2 January 2026', undefined],
  ['d MMM yyyy', '2 JANUARY 2026', '2026-01-02 00:00:00'],
  ['yyyy-MM-dd kk:mm', '2026-01-02 24:10', '2026-01-02 00:10:00'],
  ['yyyy-MM-dd KK:mm a', '2026-01-02 11:10 PM', '2026-01-02 23:10:00'],
  ["h 'o''clock' a yyyy-MM-dd", "9 o'clock am 2026-01-02", '2026-01-02 09:00:00'],
  ['MM/dd', '02/29', '2000-02-29 00:00:00'],
  ['HH:mm', '08:30', '1970-01-01 08:30:00'],
  ['yyyy-MM-dd', '2026-02-29', undefined],
  ['yyyy-MM-dd', '2026-02-28 ', undefined],
];

test.each(table)('the pattern %s reads %s as %s', (pattern, text, instant) => {
  expect(timestampFormatProblem(pattern)).toBeUndefined();
  const columns = [{ Name: 'at', Type: 'timestamp' }];
  const { convert } = createDeserializer(columns, { serde: 'hive', timestampFormats: [pattern] });
  const outcome = JSON.stringify(convert({ at: text }));
  if (instant === undefined) expect(outcome).toContain('"kind":"failed"');
  else expect(outcome.replace('T', ' ')).toContain(instant);
});

test.each([
  ['yyyy z', 'Write an offset, Z'],
  ['yyyy-MM-dd ZZZ', 'Write an offset, Z'],
  ["xxxx-'W'ww-e", 'yyyy-DDD'],
  ['G yyyy', 'in full: yyyy'],
  ['CC', 'in full: yyyy'],
  ['yy-MM-dd', 'in full: yyyy'],
  ['q', 'in quotes'],
])(
  'the pattern %s is refused by name, for what is not read the same on every day or machine',
  (pattern, fix) => {
    expect(timestampFormatProblem(pattern)).toContain(pattern);
    expect(timestampFormatProblem(pattern)).toContain(fix);
  },
);
