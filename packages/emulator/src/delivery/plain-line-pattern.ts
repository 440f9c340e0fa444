import { parseGlueType, type GlueType } from '@store/glue-schema';
import type { SnapshotColumn } from '../lake/table-catalog.js';

/**
 * A pattern for the JSON that producers write nearly always: an object on one line, keys in the columns' order,
 * no white space, no escapes, values of the columns' own types well inside their ranges. What it matches is stored
 * unchanged by the OpenX SerDe; what it does not match says nothing. One match costs 0.25 µs for an event of 16
 * columns where JSON.parse and the typed check cost 2 (bench/plain-lines.bench.ts). It reads UTF-8 as Latin-1:
 * the bytes of a character beyond ASCII are just bytes of its text, once the whole is known to be UTF-8.
 *
 * @param captured - fields whose JSON text the match gives; those that are no columns come behind the columns, as the key
 * of a partition does that is not in the rows
 * @returns `undefined` where a column's type or a field's name has no such form
 */
export function plainLinePattern(
  columns: readonly SnapshotColumn[],
  captured: readonly string[],
): PlainLinePattern | undefined {
  const known = columns.map(({ Name, Type }) => ({ name: Name, type: parseGlueType(Type) }));
  const others = captured.filter((name) => !known.some((field) => field.name === name));
  // A key of other case is its column's to the SerDe.
  if (others.some((name) => known.some((field) => field.name === name.toLowerCase()))) return undefined;
  const fields: readonly Field[] = [...known, ...others.map((name) => ({ name, type: 'any' as const }))];
  const source = objectPattern(fields, captured);
  if (source === undefined) return undefined;
  const order = fields.map(({ name }) => name).filter((name) => captured.includes(name));
  return { expression: new RegExp(source, 'y'), captured: order };
}

/** The pattern and what it captures. */
export interface PlainLinePattern {
  /** Sticky: matches at its `lastIndex`. */
  readonly expression: RegExp;
  /** Fields whose JSON text are the match's groups, in order. */
  readonly captured: readonly string[];
}

interface Field {
  readonly name: string;
  /** `any`: it is no column, so that nothing is stored of it. */
  readonly type: GlueType | 'any';
}

const TEXT = '[^"\\\\\\x00-\\x1f]';
/** Behind a number: what would make it another one. */
const NUMBER_ENDS = '(?![\\d.eE])';
const DAY =
  '(?:1[789]|2[01])\\d\\d-(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1\\d|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)';
const TIME = '(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,9})?';
/** Longer ones exist and take the slow way. */
const MAX_COUNTED = 1000;

/** Any of the keys may be missing, as an encoder leaves out what is undefined. */
function objectPattern(fields: readonly Field[], captured: readonly string[] = []): string | undefined {
  const members: string[] = [];
  for (const { name, type } of fields) {
    const value = type === 'any' ? `"${TEXT}*"|${whole(9)}|true|false` : valuePattern(type);
    if (value === undefined || !/^[\w ]+$/.test(name) || name === '__proto__') return undefined;
    const group = captured.includes(name) ? '(' : '(?:';
    members.push(`(?:"${name}":${group}${value}|null)(?:,(?=")|(?=\\})))?`);
  }
  return `\\{${members.join('')}\\}`;
}

function valuePattern(type: GlueType): string | undefined {
  switch (type.kind) {
    case 'string':
      return `"${TEXT}*"`;
    case 'varchar':
      // Bytes are counted, which are never fewer than characters.
      return `"${TEXT}{0,${Math.min(type.length, MAX_COUNTED)}}"`;
    case 'boolean':
      return 'true|false';
    case 'tinyint':
      return whole(2);
    case 'smallint':
      return whole(4);
    case 'int':
      return whole(9);
    case 'bigint':
      return whole(15);
    case 'float':
    case 'double':
      return fraction(15, 15);
    case 'decimal': {
      const { precision, scale } = type;
      const text = fraction(Math.max(1, precision - scale), scale);
      const fits = precision > scale;
      if (!fits) return undefined;
      return precision < 16 ? `${text}|"${text}"` : `"${text}"`;
    }
    case 'date':
      return `"${DAY}"`;
    case 'timestamp':
      return `"${DAY}(?: ${TIME}|T${TIME}Z?)"`;
    case 'array': {
      const item = valuePattern(type.element);
      return item === undefined ? undefined : `\\[(?:(?:${item}|null)(?:,(?!\\])|(?=\\])))*\\]`;
    }
    case 'struct':
      return objectPattern(type.fields);
    case 'char':
    case 'map':
    case 'binary':
      return undefined;
  }
}

function whole(digits: number): string {
  return `-?(?:0|[1-9]\\d{0,${digits - 1}})${NUMBER_ENDS}`;
}

/** Negative zero is none: what has it is told of when it is staged. */
function fraction(wholeDigits: number, digits: number): string {
  const point = digits === 0 ? '' : `(?:\\.\\d{1,${digits}})?`;
  return `(?:-(?!0(?:\\.0+)?${NUMBER_ENDS}))?(?:0|[1-9]\\d{0,${wholeDigits - 1}})${point}${NUMBER_ENDS}`;
}
