import type { WorldOptions } from '@store/generator';
import { InvalidArgumentError, Option } from 'commander';
import { formatCount } from '../output/format.js';
import { didYouMean } from '../terminal/errors.js';

const said = (text: string): string => (text === '' ? 'nothing' : text);

/** A parser for a whole number within limits, for use as a flag's argument parser. */
export function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (Number.isSafeInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(
      `Expected a whole number from ${formatCount(min)} to ${formatCount(max)}, got ${said(text)}.`,
    );
  };
}

/** A parser for a number above zero. */
export function positiveNumber(max: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (Number.isFinite(value) && value > 0 && value <= max) return value;
    throw new InvalidArgumentError(
      `Expected a number above 0 and at most ${formatCount(max)}, got ${said(text)}.`,
    );
  };
}

/** An option with one of these values; another value is answered with the list and the nearest of them. */
export function choice(flags: string, description: string, names: readonly string[]): Option {
  const option = new Option(flags, description).argParser((text: string) => {
    if (names.includes(text)) return text;
    throw new InvalidArgumentError(
      `Expected one of ${names.join(', ')}, got ${said(text)}.${didYouMean(text, names)}`,
    );
  });
  // For the help and the completion.
  option.argChoices = [...names];
  return option;
}

/** Adds `NAME=VALUE` to what was given before, for use as a flag's argument parser; a value may be empty. */
export function pairs(
  text: string,
  before: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError(`Expected NAME=VALUE, got ${text}.`);
  if (before.has(name)) throw new InvalidArgumentError(`${name} is given twice.`);
  return new Map([...before, [name, value.trim()]]);
}

/** A parser for an instant: a day (`2026-01-05`) or ISO 8601 in UTC. */
export function instant(text: string): string {
  const wanted = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00.000Z` : text;
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(wanted) ? Date.parse(wanted) : Number.NaN;
  if (!Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === wanted.slice(0, 10))
    return new Date(at).toISOString();
  throw new InvalidArgumentError(
    `Expected a day or an instant in UTC (2026-01-05 or 2026-01-05T08:00:00Z), got ${said(text)}.`,
  );
}

/** A parser for the part of the world that this process makes, `I/N`, counted from 0: `0/4` is the first of four. */
export function shard(text: string): NonNullable<WorldOptions['shard']> {
  const match = /^(\d{1,6})\/(\d{1,6})$/.exec(text);
  const index = Number(match?.[1]);
  const count = Number(match?.[2]);
  if (match !== null && count > 0 && index < count) return { index, count };
  throw new InvalidArgumentError(
    `Expected I/N with I from 0 to N-1 (the first of four is 0/4), got ${said(text)}.`,
  );
}
