import { JsonNumber } from '@store/foundation';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  createInstantReader,
  createNumberReader,
  IntakeError,
  readNumber,
  timeZone,
  type NumberForm,
} from '../src/index.js';

test.each<[string, NumberForm, unknown]>([
  ['12', {}, 12],
  [' +12.50 ', {}, 12.5],
  ['-3', {}, -3],
  ['\u22123', {}, -3],
  ['.5', {}, 0.5],
  ['00123', {}, 123],
  ['1.204,50', { decimal: ',', group: '.' }, 1204.5],
  ['1,204.00', { group: ',' }, 1204],
  ['1,20,000', { group: ',' }, 120_000],
  ['1 204', { group: ' ' }, 1204],
  ['1\u00a0204,5', { decimal: ',', group: ' ' }, 1204.5],
  ["1'204", { group: "'" }, 1204],
  ['1’204', { group: "'" }, 1204],
  ['-0', {}, 0],
])('the text %j is a number by %j', (text, form, number) => {
  expect(createNumberReader(form)(text)).toBe(number);
});

test.each([
  '',
  ' ',
  '0x10',
  '1e3',
  '0b11',
  '0o7',
  '1_000',
  '12 pcs',
  '1.2.3',
  '1,5',
  '1.',
  '.',
  '-',
  '+',
  '--1',
  '12-',
  '(12)',
  'NaN',
  'Infinity',
  '١٢',
  '1 2',
  '$5',
  '1'.repeat(65),
])('nobody can be sure of %j, so it is no number', (text) => {
  expect(readNumber(text)).toBeUndefined();
});

test.each([
  ['1.5', { decimal: ',', group: '.' }],
  ['1.20,5', { decimal: ',', group: '.' }],
  ['1204.5', { decimal: ',' }],
  ['1,2,3', { group: ',' }],
  [',204', { group: ',' }],
  ['1,,204', { group: ',' }],
  ['1204,', { group: ',' }],
] satisfies [string, NumberForm][])(
  '%j is no number by %j: groups and fractions stand where people put them',
  (text, form) => {
    expect(createNumberReader(form)(text)).toBeUndefined();
  },
);

test('a number is read as it was written by a person in any form, and no digit is lost', () => {
  const forms = fc.constantFrom<NumberForm>(
    {},
    { decimal: ',' },
    { group: ',' },
    { decimal: ',', group: '.' },
    { group: ' ' },
    { group: "'" },
  );
  fc.assert(
    fc.property(
      forms,
      fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
      fc.integer({ min: 0, max: 99 }),
      (form, whole, cents) => {
        const { decimal = '.', group } = form;
        const digits = String(whole < 0n ? -whole : whole);
        const grouped = group === undefined ? digits : digits.replace(/\B(?=(?:\d{3})+$)/g, group);
        const fraction = String(cents).padStart(2, '0');
        const read = createNumberReader(form)(`${whole < 0n ? '-' : ''}${grouped}${decimal}${fraction}`);
        const plain = `${whole < 0n ? '-' : ''}${digits}.${fraction}`;
        if (read instanceof JsonNumber) expect(read.text).toBe(plain);
        else expect(read).toBe(Number(plain) + 0);
      },
    ),
  );
});

const zone = process.env.TZ;
afterEach(() => {
  if (zone === undefined) delete process.env.TZ;
  else process.env.TZ = zone;
});

const iso = (value: number | string): string =>
  typeof value === 'number' ? new Date(value).toISOString() : value;

test.each(['UTC', 'Asia/Kolkata', 'America/New_York', 'Pacific/Apia'])(
  'no instant depends on the machine, here in %s',
  (machine) => {
    process.env.TZ = machine;
    const vienna = createInstantReader({ zone: 'Europe/Vienna' });
    expect(iso(vienna('2026-01-05 09:00'))).toBe('2026-01-05T08:00:00.000Z');
    expect(iso(vienna('2026-07-05T09:00:00+05:30'))).toBe('2026-07-05T03:30:00.000Z');
    expect(iso(vienna('2026-07-05'))).toBe('2026-07-05T10:00:00.000Z');
    expect(iso(vienna(1_767_600_000))).toBe('2026-01-05T08:00:00.000Z');
    // A date or a day of Excel's that lost its form is no second of 1970.
    for (const few of [12, 46_082, 20_260_105, 20_260_105n, '20260105'])
      expect(vienna(few)).toBe('NOT_A_TIME');
    expect(iso(createInstantReader()('2026-01-05 09:00'))).toBe('NO_ZONE');
    expect(iso(createInstantReader({ zone: 'UTC', dayOne: '1899-12-31' })('45292.75'))).toBe(
      '2024-01-01T18:00:00.000Z',
    );
  },
);

test.each([
  ['dd.MM.yyyy HH:mm', '05.01.2026 09:07', '2026-01-05T09:07:00.000Z'],
  ['M/d/yyyy H:mm', '12/1/2010 8:26', '2010-12-01T08:26:00.000Z'],
  ['M/d/yy h:mm a', '1/31/26 12:05 AM', '2026-01-31T00:05:00.000Z'],
  ['M/d/yy h:mm a', '1/31/26 12:05 p.m.', '2026-01-31T12:05:00.000Z'],
  ['yyyyMMdd', '20260131', '2026-01-31T12:00:00.000Z'],
  ['d MMM yyyy', '3 Feb. 2026', '2026-02-03T12:00:00.000Z'],
  ["yyyy-MM-dd'T'HH:mm:ss.SSSX", '2026-01-05T09:00:00.250+01:00', '2026-01-05T08:00:00.250Z'],
  ["EEE, d MMM yyyy HH:mm 'Uhr'", 'Mon, 5 Jan 2026 09:00 Uhr', '2026-01-05T09:00:00.000Z'],
  ['dd.MM.yyyy', '5.1.2026', 'NOT_A_TIME'],
  ['d.M.yyyy', '30.2.2026', 'NOT_A_TIME'],
  ['d.M.yyyy HH:mm', '1.2.2026 24:00', 'NOT_A_TIME'],
  ['M/d/yyyy', '31/1/2026', 'NOT_A_TIME'],
  ['h:mm a d.M.yyyy', '13:00 PM 1.1.2026', 'NOT_A_TIME'],
])('by %s, %s is %s', (format, text, instant) => {
  expect(iso(createInstantReader({ format, zone: 'UTC' })(text))).toBe(instant);
});

test.each(['DD.MM.YYYY', 'HH:mm', 'dd.MM.yyyy hh:mm', "dd.MM.yyyy 'at", 'dddd.MM.yyyy', 'y'.repeat(80)])(
  'the format %s is refused before a record is read',
  (format) => {
    expect(() => createInstantReader({ format })).toThrow(IntakeError);
  },
);

test('where a clock is put forward the time left out is the later one, and where it is put back the first of two', () => {
  const at = (name: string, text: string): string => iso(createInstantReader({ zone: name })(text));
  expect(at('Europe/Vienna', '2026-03-29 02:30')).toBe('2026-03-29T01:30:00.000Z');
  expect(at('Europe/Vienna', '2026-10-25 02:30')).toBe('2026-10-25T00:30:00.000Z');
  expect(at('America/New_York', '2026-03-08 02:30')).toBe('2026-03-08T07:30:00.000Z');
  expect(at('America/New_York', '2026-11-01 01:30')).toBe('2026-11-01T05:30:00.000Z');
  // Half an hour on Lord Howe, and a whole day that Samoa left out.
  expect(at('Australia/Lord_Howe', '2026-10-04 02:15')).toBe('2026-10-03T15:45:00.000Z');
  expect(at('Pacific/Apia', '2011-12-30 12:00')).toBe('2011-12-30T22:00:00.000Z');
});

test('an instant comes back from what every clock of the world shows at it', () => {
  const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC');
  const instants = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2045, 0, 1) });
  fc.assert(
    fc.property(zones, instants, (name, instant) => {
      const clock = new Intl.DateTimeFormat('en-US', {
        timeZone: name,
        hourCycle: 'h23',
        year: 'numeric',
        month: 'numeric',
        day: 'numeric',
        hour: 'numeric',
        minute: 'numeric',
        second: 'numeric',
      });
      const shownAt = (ms: number): number => {
        const parts = Object.fromEntries(
          clock.formatToParts(ms).map(({ type, value }) => [type, Number(value)]),
        );
        const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
        return Date.UTC(year, month - 1, day, hour, minute, second);
      };
      const whole = Math.floor(instant / 1_000) * 1_000;
      const found = timeZone(name).toUtc(shownAt(whole));
      // Of a time that is shown twice, the first.
      expect(shownAt(found)).toBe(shownAt(whole));
      expect(found).toBeLessThanOrEqual(whole);
    }),
    { numRuns: 200 },
  );
});
