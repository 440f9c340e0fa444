import { JsonNumber, shown } from '@store/foundation';
import type { MappedField } from './document.js';

/** A record as its source read it. */
export type SourceRecord = Readonly<Record<string, unknown>>;

/** Why a row is no event. */
export interface MappingReject {
  /** What is wrong, for programs: UPPER_SNAKE. */
  readonly code: string;
  /** Field of the event that cannot be filled; absent where the row as a whole is wrong. */
  readonly field?: string;
  /** A whole sentence: what was expected, and what the row has. */
  readonly message: string;
}

/** One row while it is read; one object serves all rows of a run. */
export interface Row {
  /** What the columns are read from. */
  record: SourceRecord;
  /** The whole record, for paths that begin with `$`. */
  root: unknown;
  /** What `unpivot` made: the name, then the values. */
  cells: readonly unknown[];
  /** Line on which the record begins, or its number. */
  line: number;
  /** Records of the same line before it. */
  nth: number;
  /** The first thing that is wrong with the row. */
  problem: MappingReject | undefined;
}

/** Reads something from a row. */
export type Getter<T = unknown> = (row: Row) => T;

/** Notes the first problem of a row. */
export function refuse(row: Row, code: string, field: MappedField, message: string): void {
  row.problem ??= { code, field, message };
}

/** Returns the value, or undefined for null and for text of blanks. */
export function present(value: unknown): unknown {
  if (typeof value === 'string') return value === '' || value.trim() === '' ? undefined : value;
  return value === null ? undefined : value;
}

/** Returns a value as text without blanks around it; undefined for a list or an object, which are no text. */
export function textOf(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return value.trim();
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      if (value instanceof JsonNumber) return value.text;
      return value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : undefined;
  }
}

/** A value as a message shows it. */
export const shownValue = (value: unknown): string =>
  value instanceof JsonNumber ? value.text : shown(value);
