import { sqlText } from '../lake/sql-quoting.js';
import { malformed, notSupported, QueryFailure, syntaxFailure } from './athena-error.js';
import { isNode, nodesOf, readTree, type SqlNode, textOf, writeTree } from './sql-ast.js';
import { plainStatement } from './statement-text.js';
import { readableByDuckDb } from './trino-grammar.js';

/** Asks DuckDB's parser, by a statement that gives one text. */
export type AskParser = (sql: string) => Promise<string>;

/** Refuses what does not parse, before there is an execution; what is wrong beyond that, the execution tells. */
export async function checkSyntax(sql: string, ask: AskParser): Promise<void> {
  let plain: string;
  try {
    plain = plainStatement(sql);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    throw malformed(sql, 0, error.message.replace(/^SYNTAX_ERROR: /, ''));
  }
  let readable: string;
  try {
    readable = readableByDuckDb(plain);
  } catch (error) {
    if (!(error instanceof QueryFailure)) throw error;
    // What is refused by name is told by the execution.
    if (!error.message.startsWith('SYNTAX_ERROR: ')) return;
    throw malformed(plain, 0, error.message.replace(/^SYNTAX_ERROR: /, ''));
  }
  const answer = await ask(`SELECT json_serialize_sql(${sqlText(readable)})`);
  // Most do, and the tree of a long one takes a second to read.
  if (answer.startsWith('{"error":false')) return;
  const value = readTree(answer);
  if (!isNode(value) || value.error !== true || value.error_type !== 'parser') return;
  const near = writtenAs(/at or near "([^"]*)"/.exec(textOf(value.error_message))?.[1], plain);
  // The place in the statement as it was written; the parser read another text.
  const at = near === undefined ? plain.length : Math.max(0, plain.lastIndexOf(near));
  if (near === undefined) throw malformed(plain, plain.length, "mismatched input '<EOF>'");
  throw malformed(plain, at, `mismatched input '${near.slice(0, 100)}'`);
}

/** The tree of a statement that is DuckDB's already. */
export async function parse(sql: string, ask: AskParser): Promise<SqlNode> {
  const answer = await ask(`SELECT json_serialize_sql(${sqlText(sql)})`);
  const value = readTree(answer);
  if (value === undefined) throw notSupported('expressions nested as deeply as these');
  if (!isNode(value)) throw syntaxFailure('the statement does not parse');
  if (value.error === true) {
    if (value.error_type === 'not implemented') {
      throw notSupported('anything but SELECT; use the Glue API for tables');
    }
    throw syntaxFailure(grammarFailure(value));
  }
  const [statement, second] = nodesOf(value.statements);
  if (second !== undefined || !isNode(statement?.node)) {
    throw syntaxFailure('Only one sql statement is allowed');
  }
  return statement.node;
}

/** The word of a statement that the parser stumbled over; calls have other names in the text that it reads. */
function writtenAs(near: string | undefined, statement: string): string | undefined {
  if (near === undefined || statement.includes(near)) return near;
  const word = near.replace(/^trino_/, '').split('_')[0] ?? '';
  const at = statement.toLowerCase().lastIndexOf(word.toLowerCase());
  return word === '' || at === -1 ? undefined : statement.slice(at, at + word.length);
}

/** What a parser says, without its own names: where the statement stops making sense. */
function grammarFailure(value: SqlNode): string {
  const near = /at or near "([^]*)"$/.exec(textOf(value.error_message))?.[1];
  if (near !== undefined && !near.startsWith('trino_')) return `mismatched input '${near.slice(0, 100)}'`;
  return textOf(value.error_message).includes('end of input')
    ? "mismatched input '<EOF>'"
    : 'the statement does not parse';
}

/** A rewritten tree as DuckDB's SQL. */
export async function write(node: SqlNode, ask: AskParser): Promise<string> {
  const tree = writeTree({ error: false, statements: [{ node, named_param_map: [] }] });
  const text = await ask(`SELECT json_deserialize_sql(${sqlText(tree)})`);
  // The tree has no simple form for types with parameters. Quotes within a text of the client are doubled here, so
  // that no text of its own looks like this call.
  return text.replaceAll(/trino_typed\('([^']+)'\)/g, 'CAST(NULL AS $1)');
}
