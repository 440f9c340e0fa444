import { QueryRefused } from './query-error.js';

/** Table functions that make rows out of their arguments, or tell of the tables. All others reach for more. */
const tableFunctions = new Set(
  `range generate_series unnest repeat repeat_row json_each json_tree pragma_version pragma_show
  duckdb_columns duckdb_functions duckdb_keywords duckdb_schemas duckdb_tables duckdb_types duckdb_views`.split(
    /\s+/,
  ),
);

/** Functions that reach beyond their arguments. */
const refusedFunctions = new Set(
  `getenv getvariable write_log nextval currval current_setting json_execute_serialized_sql query query_table
  sleep_ms pg_sleep`.split(/\s+/),
);

/** A longer line of a statement is not shown below an error. */
const LONGEST_LINE = 200;

/** The statement within EXPLAIN, which is what counts; the options in brackets hold words alone. */
const explaining = /^\s*explain\s+(?:analyze\s+)?(?:\([\w\s,]*\)\s*)?/i;
const leadingComments = /^(?:\s+|--[^\n]*(?:\n|$)|\/\*[^]*?\*\/)+/;

/** A statement that only reads, in two parts: `EXPLAIN …` where it has it, and the SELECT. */
export interface ReadStatement {
  readonly explain: string;
  readonly select: string;
}

/** Takes a statement apart, without a look at what it does. */
export function splitExplain(sql: string): ReadStatement {
  const text = sql.replace(leadingComments, '');
  const [found = ''] = explaining.exec(text) ?? [];
  return { explain: found, select: text.slice(found.length) };
}

/**
 * Refuses what does not only read tables. `tree` is what DuckDB's own parser made of the statement: it knows no form
 * for anything but SELECT, so the kind of a statement is never guessed from its text. An error shows its place in `statement`.
 */
export function checkReads(tree: unknown, tables: ReadonlySet<string>, statement: ReadStatement): void {
  if (!isFields(tree)) throw new QueryRefused('The statement does not parse.');
  if (tree.error === true) {
    if (tree.error_type === 'not implemented') {
      throw new QueryRefused('Only SELECT and EXPLAIN of a SELECT run here, and this statement is another.');
    }
    throw new Error(
      `Parser Error: ${String(tree.error_message)}${placeIn(statement, Number(tree.position))}`,
    );
  }
  if (!Array.isArray(tree.statements) || tree.statements.length !== 1) {
    throw new QueryRefused('Only one statement runs at a time.');
  }
  // A list of work, since a statement may be nested deeper than the stack.
  const work: unknown[] = [tree.statements[0]];
  for (let value = work.pop(); value !== undefined; value = work.pop()) {
    if (!isFields(value) && !Array.isArray(value)) continue;
    if (isFields(value)) checkNode(value, tables);
    for (const inner of Object.values(value)) {
      if (typeof inner === 'object' && inner !== null) work.push(inner);
    }
  }
}

/** Draws the place in a statement as DuckDB does below its other errors; the parser gives a position alone. */
function placeIn({ explain, select }: ReadStatement, inSelect: number): string {
  if (!Number.isInteger(inSelect) || inSelect > select.length) return '';
  const sql = explain + select;
  const position = explain.length + inSelect;
  const before = sql.slice(0, position).split('\n');
  const start = position - (before.at(-1)?.length ?? 0);
  const line = sql.slice(start).split('\n', 1)[0] ?? '';
  if (line.length > LONGEST_LINE) return '';
  const label = `LINE ${before.length}: `;
  return `\n\n${label}${line}\n${' '.repeat(label.length + position - start)}^`;
}

function checkNode(node: Fields, tables: ReadonlySet<string>): void {
  const { type, class: kind } = node;
  if (type === 'TABLE_FUNCTION') {
    const name = isFields(node.function) ? String(node.function.function_name).toLowerCase() : '';
    if (tableFunctions.has(name)) return;
    throw new QueryRefused(`The table function ${name} reaches beyond the tables, and is refused.`);
  }
  if (kind === 'FUNCTION') {
    const name = String(node.function_name).toLowerCase();
    if (refusedFunctions.has(name) || name.startsWith('pragma_') || name.startsWith('read_')) {
      throw new QueryRefused(`The function ${name} reaches beyond the tables, and is refused.`);
    }
    return;
  }
  if (type === 'BASE_TABLE') {
    const name = String(node.table_name);
    // DuckDB opens a file where a name looks like one.
    if (/[./\\:*?]/.test(name) && !tables.has(name.toLowerCase())) {
      throw new QueryRefused('A file cannot be read by its name here; name a table.');
    }
  }
}

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
