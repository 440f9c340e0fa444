import { queryLimits } from '../query/query-limits.js';
import { notSupported, syntaxFailure } from './athena-error.js';
import { JSON_VALUE, ZONED } from './macros/macro.js';

/** A type as Trino writes it, read. */
export interface TrinoType {
  readonly name: string;
  readonly numbers: readonly number[];
  readonly inner: readonly TrinoType[];
  /** Names of a row's fields. */
  readonly fields: readonly string[];
}

const synonyms: Readonly<Record<string, string>> = {
  int: 'integer',
  string: 'varchar',
  'double precision': 'double',
  'time zone': 'timestamp',
};

/** Reads a type: `array(row(a integer, b varchar))`, `map(varchar, double)`, `timestamp(3) with time zone`. */
export function parseTrinoType(text: string): TrinoType {
  const pieces = text.match(/"(?:[^"]|"")*"|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[^\s]/g) ?? [];
  let at = 0;
  const next = (): string => pieces[at++] ?? '';
  const peek = (ahead = 0): string => (pieces[at + ahead] ?? '').toLowerCase();
  const read = (depth: number): TrinoType => {
    if (depth > queryLimits.typeDepth) throw notSupported('types nested as deeply as these');
    let name = next().toLowerCase();
    if (name === 'double' && peek() === 'precision') next();
    name = synonyms[name] ?? name;
    const numbers: number[] = [];
    const inner: TrinoType[] = [];
    const fields: string[] = [];
    const open = peek();
    if (open === '(' || open === '<') {
      next();
      do {
        if (/^[0-9]+$/.test(peek())) numbers.push(Number(next()));
        else if (name === 'row') {
          const isNamed =
            !['(', '<', ',', ')', '>', ''].includes(peek(1)) && peek(1) !== 'precision' && peek(1) !== 'with';
          fields.push(isNamed ? next().replace(/^"(.*)"$/, '$1') : '');
          inner.push(read(depth + 1));
        } else inner.push(read(depth + 1));
      } while ([',', ':'].includes(peek()) && next() !== '');
      next();
    }
    if ((peek() === 'with' || peek() === 'without') && peek(1) === 'time') {
      if (peek() === 'with') name += ' with time zone';
      at += 3;
    }
    return { name, numbers, inner, fields };
  };
  const type = read(0);
  if (at < pieces.length) throw syntaxFailure(`Unknown type: ${text}`);
  return type;
}

const plain: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  smallint: 'SMALLINT',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  real: 'FLOAT',
  float: 'FLOAT',
  double: 'DOUBLE',
  varchar: 'VARCHAR',
  varbinary: 'BLOB',
  date: 'DATE',
  json: JSON_VALUE,
  'timestamp with time zone': ZONED,
};

/** The type of DuckDB's that holds a type of Trino's. */
export function duckDbTypeOf(type: TrinoType): string {
  const [first, second] = type.inner;
  switch (type.name) {
    case 'array':
      if (first !== undefined) return `${duckDbTypeOf(first)}[]`;
      break;
    case 'map':
      if (first !== undefined && second !== undefined)
        return `MAP(${duckDbTypeOf(first)}, ${duckDbTypeOf(second)})`;
      break;
    case 'row':
      return `STRUCT(${type.inner.map((field, at) => `"${(type.fields[at] ?? '').replaceAll('"', '""') || `field${at}`}" ${duckDbTypeOf(field)}`).join(', ')})`;
    case 'decimal':
      return `DECIMAL(${type.numbers[0] ?? 38}, ${type.numbers[1] ?? 0})`;
    case 'timestamp': {
      const digits = type.numbers[0] ?? 3;
      return digits === 0 ? 'TIMESTAMP_S' : digits <= 3 ? 'TIMESTAMP' : 'TIMESTAMP_NS';
    }
    default:
  }
  const found = Object.hasOwn(plain, type.name) ? plain[type.name] : undefined;
  if (found === undefined) throw notSupported(`the type ${type.name}`);
  return found;
}
