import {
  listOf,
  nested,
  numberBetween,
  oneOf,
  required,
  satisfying,
  text,
  type OptionProblem,
  type OptionRule,
} from '@store/foundation';
import { holidayCountries } from './holidays.js';

/** A rule for a code that answers the code in small letters, or the English name of what it stands for, with the code. */
export function codeOf(rule: OptionRule, codes: readonly string[], type: 'region' | 'currency'): OptionRule {
  return {
    expected: rule.expected,
    problem(value, path) {
      const problem = rule.problem(value, path);
      if (problem === undefined || typeof value !== 'string') return problem;
      const names = new Intl.DisplayNames('en', { type }); // for a message only
      const given = value.toLowerCase();
      const code = codes.find((one) => [one, names.of(one)].some((name) => name?.toLowerCase() === given));
      if (code === undefined || problem.message.includes('Did you mean')) return problem;
      return { ...problem, message: `${problem.message} Did you mean '${code}'?` };
    },
  };
}

/** Text of whole characters: half of a surrogate pair has no bytes in UTF-8. */
function whole(rule: OptionRule): OptionRule {
  const expected = 'text of whole characters, without half of a surrogate pair';
  const isWhole = satisfying(expected, (value) => typeof value !== 'string' || !/\p{Cs}/u.test(value));
  return {
    expected: rule.expected,
    problem: (value, path) => rule.problem(value, path) ?? isWhole.problem(value, path),
  };
}

export const id: OptionRule = whole(text('text of 1 to 200 characters', /^[^]{1,200}$/u));
export const name: OptionRule = whole(text());
/** Text that may be empty. */
export const anyText: OptionRule = whole(text('text', /^/));
/** A value of a fact or of an extra column. */
export const scalar: OptionRule = whole(
  satisfying('text, a finite number, true, false or null', (value) =>
    typeof value === 'number'
      ? Number.isFinite(value)
      : value === null || ['string', 'boolean'].includes(typeof value),
  ),
);

/** A real day of the calendar. */
export const dayRule: OptionRule = satisfying(
  'a day such as 2026-03-02, from 1970-01-11 to 8999',
  (value) => {
    if (typeof value !== 'string' || !/^[1-8]\d{3}-\d{2}-\d{2}$/.test(value)) return false;
    return isDay(value) && Date.parse(value) >= 864_000_000;
  },
);

/** Whether a month has that day; `Date.parse` takes 02-30 for the second of March. */
function isDay(date: string): boolean {
  const ms = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(date);
}

const factor = numberBetween(0, 100);
const holidayDate = /^(?:\d{4}-)?(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;
const dateOfHoliday = satisfying(
  'a date such as 2026-12-24, or 12-24 for each year',
  // 02-29 of each year is that of leap years.
  (value) =>
    typeof value === 'string' &&
    holidayDate.test(value) &&
    isDay(value.length === 5 ? `2024-${value}` : value),
);
const datesAndFactors = nested({ date: required(dateOfHoliday), factor: required(factor) });

/** The first rule that a kind of value has: a union of which each member tells its own problems. */
export function byKind(expected: string, kinds: Readonly<Record<string, OptionRule>>): OptionRule {
  const other = satisfying(expected, () => false);
  return {
    expected,
    problem(value, path) {
      const kind = Array.isArray(value) ? 'list' : value === null ? 'null' : typeof value;
      return (kinds[kind] ?? other).problem(value, path);
    },
  };
}

export const holidays: OptionRule = byKind('a country, dates with factors, or false', {
  string: codeOf(oneOf(...holidayCountries), holidayCountries, 'region'),
  boolean: satisfying('a country, dates with factors, or false', (value) => value === false),
  list: {
    expected: 'dates with factors',
    problem: (value, path) => listOf(datesAndFactors).problem(value, path) ?? twice(value, path),
  },
  object: {
    expected: 'dates with factors',
    problem(value, path) {
      // byKind looked: it is an object that is no list.
      for (const [date, one] of Object.entries(value as object)) {
        const at = `${path}["${date}"]`;
        const problem = dateOfHoliday.problem(date, at) ?? factor.problem(one, at);
        if (problem !== undefined) return problem;
      }
      return undefined;
    },
  },
});

/** The first date of a checked list that is in it twice. */
function twice(value: unknown, path: string): OptionProblem | undefined {
  const dates = new Map<string, number>();
  // Its items were checked before.
  for (const [n, { date }] of (value as readonly { readonly date: string }[]).entries()) {
    const first = dates.get(date);
    const at = `${path}[${n}].date`;
    const expected = 'a date that appears once';
    const message = `${at}: '${date}' is the date of ${path}[${first ?? n}] already; each date may appear once.`;
    if (first !== undefined) return { path: at, value: date, expected, message };
    dates.set(date, n);
  }
  return undefined;
}

const clockTime = satisfying(
  'a time from 00:00 to 24:00 with two digits for the hour, such as 09:00',
  (value) => typeof value === 'string' && /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/.test(value),
);
const pair = satisfying(
  "null, or two times such as ['09:00', '20:00']",
  (value) => Array.isArray(value) && value.length === 2,
);
export const hours: OptionRule = {
  expected: pair.expected,
  problem(value, path) {
    if (value === null) return undefined;
    const problem = pair.problem(value, path);
    if (problem !== undefined) return problem;
    const [opens, closes] = value as readonly [unknown, unknown]; // the rule looked
    return (
      clockTime.problem(opens, `${path}[0]`) ??
      clockTime.problem(closes, `${path}[1]`) ??
      tooShort([String(opens), String(closes)], value, path)
    );
  },
};

/** What is wrong with hours of two times in which hardly anything can be sold. */
function tooShort(given: readonly [string, string], value: unknown, path: string): OptionProblem | undefined {
  if (salesMinutes(given) >= 30) return undefined;
  const [opens, closes] = given;
  const expected = 'half an hour from 01:00 to 23:00, when sales are';
  const message =
    closes <= opens
      ? `${path}: closes at ${closes}, and opens at ${opens}; a day ends at 24:00, so give no hours behind midnight.`
      : `${path}: ${opens} to ${closes} is less than ${expected}.`;
  return { path, value, expected, message };
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** First and last minute of a business day: clocks change before the first, and orders go out after the last. */
const FIRST_MINUTE = 60;
const LAST_MINUTE = 23 * 60;

/** The minutes since local midnight between which a store sells. */
export function sellingHours([opens, closes]: readonly [string, string]): readonly [
  opens: number,
  closes: number,
] {
  return [Math.max(FIRST_MINUTE, minutesOf(opens)), Math.min(LAST_MINUTE, minutesOf(closes))];
}

function salesMinutes(given: readonly [string, string]): number {
  const [opens, closes] = sellingHours(given);
  return closes - opens;
}

/** An object with one key at least, each of which fits a rule. */
export function oneAtLeast(values: OptionRule, keys: OptionRule): OptionRule {
  return {
    expected: values.expected,
    problem(value, path) {
      // byKind looked: it is an object that is no list.
      const names = Object.keys(value as object);
      if (names.length === 0)
        return satisfying(`${values.expected}, one at least`, () => false).problem(value, path);
      const wrong = names
        .map((key) => keys.problem(key, `${path}["${key}"]`))
        .find((problem) => problem !== undefined);
      return wrong ?? values.problem(value, path);
    },
  };
}
