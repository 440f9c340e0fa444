import { malformed } from '../athena-error.js';
import { formatOf, serdes } from './storage-formats.js';
import { readColumns } from './read-parts.js';
import type { Reader } from './reader.js';
import type { ColumnDefinition, CreateTable, Properties, RowFormat } from './statement.js';

/** Reads what is behind `CREATE EXTERNAL TABLE`. */
export function readCreateTable(reader: Reader): CreateTable {
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const table = reader.qualifiedName();
  const columns = readColumns(reader);
  let comment: string | undefined;
  let partitionKeys: readonly ColumnDefinition[] = [];
  let location: string | undefined;
  let properties: Properties = {};
  let serde: Pick<RowFormat, 'serde' | 'serdeProperties'> = { serde: undefined, serdeProperties: {} };
  let stored: Omit<RowFormat, 'serdeProperties'> | undefined;
  for (;;) {
    if (reader.skip('comment')) comment = reader.text();
    else if (reader.skip('partitioned', 'by')) partitionKeys = readColumns(reader);
    else if (reader.sees('clustered')) {
      throw malformed(
        reader.sql,
        reader.peek.at,
        'CLUSTERED BY is not served here: leave it out; buckets change no answer',
      );
    } else if (reader.skip('row', 'format')) serde = readRowFormat(reader);
    else if (reader.skip('with', 'serdeproperties')) {
      serde = { ...serde, serdeProperties: { ...serde.serdeProperties, ...reader.properties() } };
    } else if (reader.skip('stored', 'as')) stored = readStoredAs(reader);
    else if (reader.skip('location')) location = reader.text();
    else if (reader.skip('tblproperties')) properties = reader.properties();
    else break;
  }
  reader.end();
  if (location === undefined) {
    throw malformed(reader.sql, reader.sql.length, 'LOCATION is missing: every external table has one');
  }
  const {
    serde: usual,
    inputFormat,
    outputFormat,
  } = stored ?? formatOf(serde.serde ?? 'textfile') ?? noFormat;
  return {
    kind: 'create-table',
    table,
    ifNotExists,
    columns,
    partitionKeys,
    comment,
    location,
    properties,
    format: {
      serde: serde.serde ?? usual,
      inputFormat,
      outputFormat,
      serdeProperties: serde.serdeProperties,
    },
  };
}

const noFormat = { serde: undefined, inputFormat: undefined, outputFormat: undefined };

function readRowFormat(reader: Reader): Pick<RowFormat, 'serde' | 'serdeProperties'> {
  if (reader.skip('serde')) {
    const serde = reader.text();
    const properties = reader.skip('with', 'serdeproperties') ? reader.properties() : {};
    return { serde, serdeProperties: properties };
  }
  reader.need('delimited');
  const properties = new Map<string, string>();
  for (;;) {
    if (reader.skip('fields', 'terminated', 'by')) {
      const delimiter = reader.text();
      properties.set('field.delim', delimiter);
      properties.set('serialization.format', delimiter);
      if (reader.skip('escaped', 'by')) properties.set('escape.delim', reader.text());
    } else if (reader.skip('escaped', 'by')) properties.set('escape.delim', reader.text());
    else if (reader.skip('collection', 'items', 'terminated', 'by')) {
      // Hive's own spelling.
      properties.set('colelction.delim', reader.text());
    } else if (reader.skip('map', 'keys', 'terminated', 'by')) properties.set('mapkey.delim', reader.text());
    else if (reader.skip('lines', 'terminated', 'by')) properties.set('line.delim', reader.text());
    else if (reader.skip('null', 'defined', 'as')) {
      properties.set('serialization.null.format', reader.text());
    } else break;
  }
  return { serde: serdes.lazySimple, serdeProperties: Object.fromEntries(properties) };
}

function readStoredAs(reader: Reader): Omit<RowFormat, 'serdeProperties'> {
  if (reader.skip('inputformat')) {
    const inputFormat = reader.text();
    reader.need('outputformat');
    return { serde: undefined, inputFormat, outputFormat: reader.text() };
  }
  const { at } = reader.peek;
  const name = reader.identifier();
  const found = formatOf(name);
  if (found !== undefined) return found;
  throw malformed(
    reader.sql,
    at,
    `'${name}' is no storage format. Expecting: PARQUET, TEXTFILE, JSONFILE, ORC, AVRO, RCFILE, SEQUENCEFILE, INPUTFORMAT`,
  );
}
