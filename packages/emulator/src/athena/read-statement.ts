import type { CatalogTable } from '../lake/table-catalog.js';
import { viewKey } from '../query/query-protocol.js';
import type {
  LookUp,
  Reading,
  ReadingOutcome,
  ReadResults,
  TableName,
  Translated,
  Translation,
} from '../query/reading.js';
import { withCalls } from './compared-sides.js';
import { ownerName } from './ddl/partitions-view.js';
import { explainPlan } from './explain-plan.js';
import { checkInjected, columnsGivenIn } from './injected-keys.js';
import { checkSyntax, parse, write, type AskParser } from './query-syntax.js';
import { outcomeOf } from './reading-outcome.js';
import { isNode, type SqlNode, textOf } from './sql-ast.js';
import { checkStart, plainStatement, withParameters } from './statement-text.js';
import { tableNames, type FindTable } from './table-names.js';
import { Translator } from './translate.js';
import { readableByDuckDb } from './trino-grammar.js';

/** Does what a reading asks for. */
export async function readStatement(
  reading: Reading,
  ask: AskParser,
  lookUp: LookUp,
): Promise<ReadingOutcome> {
  return outcomeOf(reading.kind, async (): Promise<ReadResults[Reading['kind']]> => {
    switch (reading.kind) {
      case 'check':
        await checkSyntax(reading.sql, ask);
        return undefined;
      case 'translate':
        return translate(reading, ask, lookUp);
      case 'plan': {
        const tree = await parse(withParameters(plainStatement(reading.sql), reading.parameters), ask);
        return explainPlan(tree, reading.columns);
      }
    }
  });
}

const quickProduct = (name: string): string => (name === 'trino_product' ? 'trino_inner_product' : name);

/** A SELECT of Athena's rewritten for DuckDB; fails with `QueryFailure` in Athena's words. */
async function translate(
  { sql: written, parameters, database, given, products }: Translation,
  ask: AskParser,
  lookUp: LookUp,
): Promise<Translated> {
  const sql = withParameters(plainStatement(written), parameters);
  checkStart(sql);
  const tree = await parse(readableByDuckDb(sql), ask);
  const find = finderIn(await lookUp(namesIn(tree, database)));
  if (given !== 'unchecked') checkInjected(tree, find, database, given);
  const names = tableNames(find, database, /"\$path"/i.test(sql));
  const rewritten = new Translator(names).statement(tree);
  const text = await write(products === 'exact' ? rewritten : withCalls(rewritten, quickProduct), ask);
  return {
    text,
    named: names.found,
    given: given === 'unchecked' ? given : new Set([...given, ...columnsGivenIn(tree)]),
  };
}

function finderIn(tables: readonly CatalogTable[]): FindTable {
  const known = new Map(tables.map((table) => [viewKey(table.databaseName, table.name), table]));
  return (databaseName, name) => known.get(viewKey(databaseName, name));
}

/** Every table that a statement may name: those of its WITHs are among them. */
function namesIn(tree: SqlNode, database: string | undefined): readonly TableName[] {
  const found = new Map<string, TableName>();
  const add = (schema: string, name: string): void => {
    found.set(viewKey(schema, name), [schema, name]);
  };
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isNode(value)) return;
    if (value.type === 'BASE_TABLE') {
      const name = textOf(value.table_name).toLowerCase();
      const schema = textOf(value.schema_name).toLowerCase() || (database?.toLowerCase() ?? '');
      const owner = ownerName(name);
      add(schema, name);
      if (owner !== undefined) add(schema, owner);
    }
    for (const inner of Object.values(value)) visit(inner);
  };
  visit(tree);
  return [...found.values()];
}
