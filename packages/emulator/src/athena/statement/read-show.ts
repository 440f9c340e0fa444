import type { Reader } from './reader.js';
import type { Statement } from './statement.js';

/** Reads what is behind `SHOW`. */
export function readShow(reader: Reader): Statement {
  const statement = readShown(reader);
  reader.end();
  return statement;
}

function readShown(reader: Reader): Statement {
  if (reader.skip('tables')) {
    const database = inDatabase(reader);
    reader.skip('like');
    return { kind: 'show-tables', database, ...pattern(reader) };
  }
  if (reader.skip('views')) {
    const database = inDatabase(reader);
    reader.skip('like');
    return { kind: 'show-views', database, ...pattern(reader) };
  }
  if (reader.skip('databases') || reader.skip('schemas')) {
    reader.skip('like');
    return { kind: 'show-databases', ...pattern(reader) };
  }
  if (reader.sees('functions')) {
    reader.rest();
    const instead = 'docs/support.md lists the functions that are served';
    return { kind: 'refused', statement: 'SHOW FUNCTIONS', instead };
  }
  if (reader.skip('partitions')) return { kind: 'show-partitions', table: reader.qualifiedName() };
  if (reader.skip('columns')) {
    if (!reader.skip('in') && !reader.skip('from')) throw reader.unexpected("'IN'", "'FROM'");
    const table = reader.qualifiedName();
    const database = inDatabase(reader);
    return { kind: 'show-columns', table: database === undefined ? table : { ...table, database } };
  }
  if (reader.skip('create', 'table')) return { kind: 'show-create-table', table: reader.qualifiedName() };
  if (reader.skip('create', 'view')) return { kind: 'show-create-view', table: reader.qualifiedName() };
  if (reader.skip('tblproperties')) {
    const table = reader.qualifiedName();
    const property = reader.skip('(') ? reader.text() : undefined;
    if (property !== undefined) reader.need(')');
    return { kind: 'show-properties', table, property };
  }
  throw reader.unexpected(
    "'COLUMNS'",
    "'CREATE'",
    "'DATABASES'",
    "'PARTITIONS'",
    "'SCHEMAS'",
    "'TABLES'",
    "'TBLPROPERTIES'",
    "'VIEWS'",
  );
}

function inDatabase(reader: Reader): string | undefined {
  return reader.skip('in') || reader.skip('from') ? reader.identifier() : undefined;
}

function pattern(reader: Reader): { readonly pattern?: string } {
  return reader.peek.kind === 'text' || reader.peek.kind === 'name' ? { pattern: reader.text() } : {};
}
