import { isoTime } from '../values/iso-time.js';
import { emptyParts, localMsOf } from '../values/local-time.js';
import { readNumber } from '../values/number.js';
import { timeFormat } from '../values/time-format.js';

/** How the times of a column may be written. */
export interface GuessedTime {
  /** What the field's source says beside its column. */
  readonly source: { readonly format?: string; readonly dayOne?: string };
  /** Every time names its offset, or is seconds or milliseconds since 1970. */
  readonly hasZone: boolean;
  /** Another format that fits all the same, with day and month the other way round. */
  readonly other?: string;
}

const dates = [
  'd.M.yyyy',
  'd/M/yyyy',
  'M/d/yyyy',
  'd-M-yyyy',
  'M-d-yyyy',
  'yyyy/M/d',
  'yyyy.M.d',
  'yyyyMMdd',
  'd.M.yy',
  'd/M/yy',
  'M/d/yy',
  'd MMM yyyy',
  'MMM d, yyyy',
  'd-MMM-yyyy',
  'd-MMM-yy',
  'd. MMM yyyy',
  'd. M. yyyy',
  'yyyy. M. d',
  'yyyy. M. d.',
  "yyyy'年'M'月'd'日'",
  "yyyy'년' M'월' d'일'",
];
const times = [
  '',
  ' H:mm',
  ' H:mm:ss',
  ' h:mm a',
  ' h:mm:ss a',
  ', H:mm',
  ', H:mm:ss',
  ', h:mm a',
  ' HHmmss',
  " 'Uhr' H:mm",
  " H:mm 'Uhr'",
  ' H.mm',
];

/** A column is one of times where this many of its values are: in a file of a till, some never are. */
const MOST = 0.7;

/** Of this many different times, less than one in twenty thousand orders is that of time by chance. */
const TIMES_THAT_SHOW_AN_ORDER = 8;

/** Returns how a column's texts are written as times; undefined where they are none. */
export function guessTime(values: readonly unknown[], prefersDayFirst: boolean): GuessedTime | undefined {
  if (values.length === 0) return undefined;
  const least = values.length * MOST;
  const texts = values.filter((value) => typeof value === 'string').map((text) => text.trim());
  const parts = emptyParts();
  const isos = texts.filter((text) => isoTime(text, parts) && !Number.isNaN(localMsOf(parts)));
  if (isos.length >= least)
    return {
      source: {},
      hasZone: isos.every((text) => isoTime(text, parts) && parts.offsetMs !== undefined),
    };
  const numbers = values.map((value) => readNumber(value)).filter((number) => typeof number === 'number');
  if (numbers.filter((number) => number >= 1e9 && number < 1e14).length >= least)
    return { source: {}, hasZone: true };
  // Days of Excel from 1990 to 2060, where some have a time: whole numbers of that size are anything.
  if (
    numbers.filter((number) => number >= 32_874 && number < 58_807).length >= least &&
    numbers.some((number) => !Number.isInteger(number))
  )
    return { source: { dayOne: '1899-12-31' }, hasZone: false };
  const [best, ...others] = dates
    .flatMap((date) => times.map((time) => date + time))
    .map((format) => ({ format, fits: fitting(format, texts) }))
    .filter(({ fits }) => fits >= least)
    // Of formats that fit as often, the first in the list.
    .sort((a, b) => b.fits - a.fits);
  if (best === undefined) return undefined;
  const turned = others.find(({ format, fits }) => fits === best.fits && swapped(format) === best.format);
  if (turned === undefined) return { source: { format: best.format }, hasZone: false };
  return bySense(best.format, turned.format, texts, prefersDayFirst);
}

function bySense(
  dayFirst: string,
  monthFirst: string,
  texts: readonly string[],
  prefersDayFirst: boolean,
): GuessedTime {
  const byOrder = [dayFirst, monthFirst].filter((format) => isSorted(format, texts));
  const [sorted] = byOrder;
  // A file is in the order of time, so that a format in which it is not is the wrong one.
  if (byOrder.length === 1 && sorted !== undefined) {
    // Few times are in order by chance.
    const isSure = new Set(texts).size >= TIMES_THAT_SHOW_AN_ORDER;
    const other = sorted === dayFirst ? monthFirst : dayFirst;
    return { source: { format: sorted }, hasZone: false, ...(isSure ? {} : { other }) };
  }
  const takesMonth = /[ap]\.?m/i.test(texts[0] ?? '') || !prefersDayFirst;
  const [chosen, other] = takesMonth ? [monthFirst, dayFirst] : [dayFirst, monthFirst];
  return { source: { format: chosen }, hasZone: false, other };
}

/** A time of day alone: `8:15`, `08:15:30`, `2:05 PM`. */
const clock = /^\d{1,2}[:.]\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?$/;

/** Returns the texts of a column of dates with those of one of clocks behind them; undefined where they make no times. */
export function joinedTimes(
  dates: readonly string[],
  clocks: readonly string[],
): readonly string[] | undefined {
  const fits = clocks.filter((text) => clock.test(text.trim())).length >= Math.max(1, clocks.length * MOST);
  if (!fits || dates.some((text) => /\d[:]\d/.test(text))) return undefined;
  const joined = clocks.map((text, index) => `${dates[index] ?? ''} ${text}`);
  return guessTime(joined, true) === undefined ? undefined : joined;
}

const swapped = (format: string): string => format.replace(/^M([/-])d/, 'd$1M');

function fitting(format: string, texts: readonly string[]): number {
  const read = timeFormat(format);
  const parts = emptyParts();
  return texts.filter((text) => read(text, parts) && !Number.isNaN(localMsOf(parts))).length;
}

function isSorted(format: string, texts: readonly string[]): boolean {
  const read = timeFormat(format);
  const parts = emptyParts();
  const instants = texts
    .map((text) => (read(text, parts) ? localMsOf(parts) : NaN))
    .filter((instant) => !Number.isNaN(instant));
  if (new Set(instants).size < 3) return false;
  const rises = instants.every((instant, index) => index === 0 || instant >= (instants[index - 1] ?? 0));
  const falls = instants.every((instant, index) => index === 0 || instant <= (instants[index - 1] ?? 0));
  return rises || falls;
}
