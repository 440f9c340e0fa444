import { readColumns, readPartition } from './read-parts.js';
import type { Reader } from './reader.js';
import type { PartitionSpec, Statement, TableChange } from './statement.js';

/** Reads what is behind `ALTER`. */
export function readAlter(reader: Reader): Statement {
  if (reader.skip('database') || reader.skip('schema')) {
    const name = reader.identifier();
    reader.need('set', 'dbproperties');
    const properties = reader.properties();
    reader.end();
    return { kind: 'alter-database', name, properties };
  }
  if (reader.sees('view')) {
    return { kind: 'refused', statement: 'ALTER VIEW', instead: 'write CREATE OR REPLACE VIEW' };
  }
  if (!reader.skip('table')) throw reader.unexpected("'TABLE'", "'DATABASE'", "'SCHEMA'");
  const table = reader.qualifiedName();
  const change = readChange(reader);
  reader.end();
  return 'statement' in change ? change : { kind: 'alter-table', table, change };
}

type Refusal = Extract<Statement, { readonly kind: 'refused' }>;

function readChange(reader: Reader): TableChange | Refusal {
  if (reader.skip('add', 'columns')) return { kind: 'add-columns', columns: readColumns(reader) };
  if (reader.skip('replace', 'columns')) return { kind: 'replace-columns', columns: readColumns(reader) };
  if (reader.skip('add')) return readAdd(reader);
  if (reader.skip('drop', 'column')) {
    reader.rest();
    return { kind: 'refused', statement: 'ALTER TABLE DROP COLUMN', instead: 'write REPLACE COLUMNS' };
  }
  if (reader.skip('drop')) {
    const ifExists = reader.skip('if', 'exists');
    const partitions = [readPartition(reader)];
    while (reader.skip(',')) partitions.push(readPartition(reader));
    return { kind: 'drop-partitions', ifExists, partitions };
  }
  if (reader.skip('set', 'tblproperties')) return { kind: 'set-properties', properties: reader.properties() };
  if (reader.skip('set', 'location')) {
    return { kind: 'set-location', partition: undefined, location: reader.text() };
  }
  if (reader.sees('partition')) {
    const partition = readPartition(reader);
    if (reader.skip('rename', 'to')) {
      return { kind: 'rename-partition', from: partition, to: readPartition(reader) };
    }
    reader.need('set', 'location');
    return { kind: 'set-location', partition, location: reader.text() };
  }
  if (reader.sees('change') || reader.sees('rename')) {
    const statement = `ALTER TABLE ${reader.take().written.toUpperCase()}`;
    reader.rest();
    return {
      kind: 'refused',
      statement,
      instead: "write REPLACE COLUMNS, or change the table through Glue's UpdateTable",
    };
  }
  throw reader.unexpected("'ADD'", "'DROP'", "'PARTITION'", "'REPLACE'", "'SET'");
}

function readAdd(reader: Reader): TableChange {
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const partitions: PartitionSpec[] = [];
  do {
    const partition = readPartition(reader);
    partitions.push(reader.skip('location') ? { ...partition, location: reader.text() } : partition);
    // Hive puts nothing between partitions; a comma is what many write.
    reader.skip(',');
  } while (reader.sees('partition'));
  return { kind: 'add-partitions', ifNotExists, partitions };
}
