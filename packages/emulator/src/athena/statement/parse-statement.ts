import { readAlter } from './read-alter.js';
import { readCreateTable } from './read-create-table.js';
import { readWith } from './read-parts.js';
import { readShow } from './read-show.js';
import { Reader } from './reader.js';
import type { Statement } from './statement.js';
import type { Grammar } from '../sql-tokens.js';
import { firstWords } from './tokens.js';

/** Statements that change rows in place: Athena runs them over Iceberg tables alone. */
const rowChanges: ReadonlySet<string> = new Set(['update', 'delete', 'merge', 'optimize', 'vacuum']);

/** Reads a statement; throws Athena's MALFORMED_QUERY, with line and column, for what is none. */
export function parseStatement(sql: string): Statement {
  const [first = '', second = '', third = ''] = firstWords(sql, 3);
  const reader = new Reader(sql, grammarOf(first, second, third));
  switch (first) {
    case '':
    case 'select':
    case 'with':
    case 'values':
    case 'table':
      return { kind: 'select', sql: reader.rest() };
    default:
      reader.take();
      return readNamed(reader, first);
  }
}

/** Hive's grammar reads DDL, Trino's all that holds a query. */
function grammarOf(first: string, second: string, third: string): Grammar {
  if (first === 'create') {
    const what = second === 'or' ? 'view' : second;
    return what === 'view' || (what === 'table' && third !== '') ? 'trino' : 'hive';
  }
  return ['alter', 'drop', 'show', 'describe', 'desc', 'msck'].includes(first) ? 'hive' : 'trino';
}

function readNamed(reader: Reader, first: string): Statement {
  switch (first) {
    case 'create':
      return readCreate(reader);
    case 'drop':
      return readDrop(reader);
    case 'alter':
      return readAlter(reader);
    case 'show':
      return readShow(reader);
    case 'describe':
    case 'desc':
      return readDescribe(reader);
    case 'msck': {
      reader.need('repair', 'table');
      const table = reader.qualifiedName();
      reader.end();
      return { kind: 'repair-table', table };
    }
    case 'insert':
      return readInsert(reader);
    case 'unload':
      return readUnload(reader);
    case 'explain':
      return readExplain(reader);
    case 'prepare': {
      const name = reader.identifier();
      reader.need('from');
      return { kind: 'prepare', name, query: reader.rest() };
    }
    case 'execute':
      return readExecute(reader);
    case 'deallocate': {
      reader.need('prepare');
      const name = reader.identifier();
      reader.end();
      return { kind: 'deallocate', name };
    }
    default:
      if (rowChanges.has(first)) {
        reader.rest();
        const instead = 'write the rows again with CREATE TABLE AS; Iceberg tables are not served here';
        return { kind: 'refused', statement: first.toUpperCase(), instead };
      }
      throw new Reader(reader.sql, 'trino').unexpected(
        ...['ALTER', 'CREATE', 'DEALLOCATE', 'DESCRIBE', 'DROP', 'EXECUTE', 'EXPLAIN', 'INSERT'].map(quote),
        ...['MSCK', 'PREPARE', 'SELECT', 'SHOW', 'UNLOAD', 'VALUES', 'WITH'].map(quote),
      );
  }
}

const quote = (word: string): string => `'${word}'`;

function readCreate(reader: Reader): Statement {
  if (reader.skip('external', 'table')) return readCreateTable(reader);
  if (reader.skip('database') || reader.skip('schema')) {
    const ifNotExists = reader.skip('if', 'not', 'exists');
    const name = reader.identifier();
    const comment = reader.skip('comment') ? reader.text() : undefined;
    const location = reader.skip('location') ? reader.text() : undefined;
    const properties = reader.skip('with', 'dbproperties') ? reader.properties() : {};
    reader.end();
    return { kind: 'create-database', name, ifNotExists, comment, location, properties };
  }
  const replace = reader.skip('or', 'replace');
  if (reader.skip('view')) {
    const view = reader.qualifiedName();
    reader.need('as');
    return { kind: 'create-view', view, replace, query: reader.rest() };
  }
  if (!replace && reader.skip('table')) return readCreateTableAs(reader);
  if (reader.sees('protected') || reader.sees('function') || reader.sees('role')) {
    throw reader.unexpected(...['DATABASE', 'EXTERNAL', 'SCHEMA', 'TABLE', 'VIEW'].map(quote));
  }
  throw reader.unexpected(...['DATABASE', 'EXTERNAL', 'OR', 'SCHEMA', 'TABLE', 'VIEW'].map(quote));
}

function readCreateTableAs(reader: Reader): Statement {
  const ifNotExists = reader.skip('if', 'not', 'exists');
  const table = reader.qualifiedName();
  if (reader.sees('(')) {
    reader.rest();
    return {
      kind: 'refused',
      statement: 'CREATE TABLE of an Iceberg table',
      instead: 'write CREATE EXTERNAL TABLE … STORED AS PARQUET LOCATION …, or CREATE TABLE … AS SELECT',
    };
  }
  const options = reader.skip('with') ? readWith(reader) : new Map<string, string>();
  reader.need('as');
  const whole = reader.rest();
  const withoutData = /\s+with\s+no\s+data$/i.exec(whole);
  const query =
    withoutData === null ? whole.replace(/\s+with\s+data$/i, '') : whole.slice(0, withoutData.index);
  return {
    kind: 'create-table-as',
    table,
    ifNotExists,
    options,
    query: query.trim(),
    withData: withoutData === null,
  };
}

function readDrop(reader: Reader): Statement {
  const isDatabase = reader.skip('database') || reader.skip('schema');
  const isView = !isDatabase && reader.skip('view');
  if (!isDatabase && !isView && !reader.skip('table')) {
    throw reader.unexpected(...['DATABASE', 'SCHEMA', 'TABLE', 'VIEW'].map(quote));
  }
  const ifExists = reader.skip('if', 'exists');
  if (isDatabase) {
    const name = reader.identifier();
    const cascade = reader.skip('cascade');
    if (!cascade) reader.skip('restrict');
    reader.end();
    return { kind: 'drop-database', name, ifExists, cascade };
  }
  const table = reader.qualifiedName();
  reader.end();
  return isView ? { kind: 'drop-view', view: table, ifExists } : { kind: 'drop-table', table, ifExists };
}

function readDescribe(reader: Reader): Statement {
  if (reader.skip('input') || reader.skip('output')) {
    reader.rest();
    const instead = 'read GetPreparedStatement, and ask the statement WITH … LIMIT 0';
    return { kind: 'refused', statement: 'DESCRIBE INPUT and OUTPUT', instead };
  }
  // A view is described by the same words.
  if (reader.ahead(1).kind !== 'end' && (reader.sees('view') || reader.sees('table'))) reader.take();
  const isFormatted = reader.ahead(1).kind !== 'end' && reader.skip('formatted');
  const isExtended = !isFormatted && reader.ahead(1).kind !== 'end' && reader.skip('extended');
  const table = reader.qualifiedName();
  if (reader.sees('partition')) {
    reader.rest();
    const instead = "call Glue's GetPartition";
    return { kind: 'refused', statement: 'DESCRIBE … PARTITION', instead };
  }
  reader.end();
  return { kind: 'describe', table, detail: isFormatted ? 'formatted' : isExtended ? 'extended' : 'none' };
}

function readInsert(reader: Reader): Statement {
  if (reader.sees('overwrite')) {
    reader.rest();
    const instead = 'write INSERT INTO, after the old objects are removed';
    return { kind: 'refused', statement: 'INSERT OVERWRITE', instead };
  }
  reader.need('into');
  const table = reader.qualifiedName();
  // A bracket begins the columns, or the query.
  const isList = reader.sees('(') && !['select', 'with', 'values', '('].includes(reader.ahead(1).value);
  const columns: string[] = [];
  if (isList) {
    reader.need('(');
    do columns.push(reader.identifier());
    while (reader.skip(','));
    reader.need(')');
  }
  return { kind: 'insert', table, columns: isList ? columns : undefined, query: reader.rest() };
}

function readUnload(reader: Reader): Statement {
  reader.need('(');
  const from = reader.peek.at;
  for (let depth = 1; ;) {
    if (reader.peek.kind === 'end') throw reader.unexpected("')'");
    if (reader.sees('(')) depth += 1;
    if (reader.sees(')')) depth -= 1;
    if (depth === 0) break;
    reader.take();
  }
  const query = reader.sql.slice(from, reader.peek.at).trim();
  reader.need(')', 'to');
  const location = reader.text();
  const options = reader.skip('with') ? readWith(reader) : new Map<string, string>();
  reader.end();
  return { kind: 'unload', query, location, options };
}

function readExplain(reader: Reader): Statement {
  if (reader.skip('analyze')) {
    reader.rest();
    const instead = 'write EXPLAIN, and read Statistics in GetQueryExecution';
    return { kind: 'refused', statement: 'EXPLAIN ANALYZE', instead };
  }
  // `EXPLAIN (TYPE LOGICAL, FORMAT TEXT)`; a bracket may also begin the query.
  if (reader.sees('(') && ['type', 'format'].includes(reader.ahead(1).value)) {
    reader.take();
    do {
      const name = reader.identifier();
      const value = reader.identifier();
      if (name !== 'type' && name !== 'format') throw reader.unexpected("'TYPE'", "'FORMAT'");
      if ((name === 'format' && value !== 'text') || value === 'io') {
        reader.rest();
        const instead = 'leave the format out: the plan is text';
        return {
          kind: 'refused',
          statement: `EXPLAIN (${name.toUpperCase()} ${value.toUpperCase()})`,
          instead,
        };
      }
    } while (reader.skip(','));
    reader.need(')');
  }
  return { kind: 'explain', query: reader.rest() };
}

function readExecute(reader: Reader): Statement {
  const name = reader.identifier();
  const parameters: string[] = [];
  if (reader.skip('using')) {
    const text = reader.rest();
    parameters.push(...splitArguments(text));
  } else reader.end();
  return { kind: 'execute', name, parameters };
}

/** Splits literals at the commas between them. */
function splitArguments(text: string): readonly string[] {
  const reader = new Reader(text, 'trino');
  const parts: string[] = [];
  let from = 0;
  while (reader.peek.kind !== 'end') {
    if (reader.sees(',')) {
      parts.push(text.slice(from, reader.peek.at).trim());
      from = reader.peek.at + 1;
    }
    reader.take();
  }
  parts.push(text.slice(from).trim());
  return parts;
}
