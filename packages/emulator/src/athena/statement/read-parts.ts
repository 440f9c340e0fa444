import { GlueSchemaError, parseGlueType } from '@store/glue-schema';
import { malformed } from '../athena-error.js';
import type { Reader } from './reader.js';
import type { ColumnDefinition, PartitionSpec, WithOptions } from './statement.js';

/** Reads `(a int COMMENT 'x', b array<string>)`. */
export function readColumns(reader: Reader): readonly ColumnDefinition[] {
  reader.need('(');
  const columns: ColumnDefinition[] = [];
  do {
    const Name = reader.identifier();
    const at = reader.peek.at;
    const Type = readType(reader, 0);
    checkType(reader, at, Type);
    const comment = reader.skip('comment') ? reader.text() : undefined;
    columns.push({ Name, Type, ...(comment === undefined ? {} : { Comment: comment }) });
  } while (reader.skip(','));
  reader.need(')');
  return columns;
}

/** Deepest type that is read; Glue's own limit is below it. */
const MOST_NESTED = 100;

/** Reads a type of Hive's into Glue's text, without blanks. */
function readType(reader: Reader, depth: number): string {
  if (depth > MOST_NESTED) throw malformed(reader.sql, reader.peek.at, 'the type is nested too deeply');
  const name = reader.identifier();
  if (reader.skip('<')) {
    const inner: string[] = [];
    do {
      const isField = name === 'struct';
      const field = isField ? reader.identifier() : '';
      if (isField) reader.need(':');
      inner.push(`${isField ? `${field}:` : ''}${readType(reader, depth + 1)}`);
    } while (reader.skip(','));
    reader.need('>');
    return `${name}<${inner.join(',')}>`;
  }
  if (!reader.skip('(')) return name === 'integer' ? 'int' : name;
  const numbers: string[] = [];
  do {
    if (reader.peek.kind !== 'number') throw reader.unexpected('<integer>');
    numbers.push(reader.take().value);
  } while (reader.skip(','));
  reader.need(')');
  return `${name}(${numbers.join(',')})`;
}

function checkType(reader: Reader, at: number, type: string): void {
  try {
    parseGlueType(type);
  } catch (error) {
    if (!(error instanceof GlueSchemaError)) throw error;
    throw malformed(reader.sql, at, `the type '${type.slice(0, 100)}' is no type of Athena's tables`);
  }
}

/** Reads `PARTITION (day = '2026-01-01', hour = 4)`, without the location behind it. */
export function readPartition(reader: Reader): PartitionSpec {
  reader.need('partition', '(');
  const values = new Map<string, string>();
  do {
    const key = reader.identifier();
    reader.need('=');
    values.set(key, readValue(reader));
  } while (reader.skip(','));
  reader.need(')');
  return { values: Object.fromEntries(values), location: undefined };
}

/** A literal as the text that a partition's folder has. */
function readValue(reader: Reader): string {
  if (reader.sees('date') && reader.ahead(1).kind === 'text') reader.take();
  const minus = reader.skip('-') ? '-' : '';
  const { kind, value, written } = reader.peek;
  if (kind === 'number' || (kind === 'word' && (value === 'true' || value === 'false'))) {
    reader.take();
    return `${minus}${written}`;
  }
  if (minus !== '') throw reader.unexpected('<number>');
  return reader.text();
}

/** Reads `WITH (format = 'PARQUET', partitioned_by = ARRAY['day'])` behind its WITH. */
export function readWith(reader: Reader): WithOptions {
  const options = new Map<string, string | readonly string[]>();
  reader.need('(');
  do {
    const name = reader.identifier();
    reader.need('=');
    if (reader.skip('array', '[')) {
      const items: string[] = [];
      while (!reader.skip(']')) {
        if (items.length > 0) reader.need(',');
        items.push(reader.text());
      }
      options.set(name, items);
    } else {
      const { kind, written } = reader.peek;
      const isBare = kind === 'number' || reader.sees('true') || reader.sees('false');
      options.set(name, isBare ? written : reader.text());
      if (isBare) reader.take();
    }
  } while (reader.skip(','));
  reader.need(')');
  return options;
}
