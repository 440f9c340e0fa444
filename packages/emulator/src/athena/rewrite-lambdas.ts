import { notSupported, syntaxFailure } from './athena-error.js';
import {
  callOf,
  isNode,
  nodesOf,
  numberNode,
  type SqlNode,
  textOf,
  type FunctionRewrite,
} from './sql-ast.js';

interface Lambda {
  readonly parameters: readonly string[];
  readonly body: SqlNode;
}

/** Parameters and body of a lambda. */
export function lambdaOf(node: unknown, count: number, name: string): Lambda {
  if (!isNode(node) || node.class !== 'LAMBDA' || !isNode(node.expr))
    throw syntaxFailure(`Unexpected parameters for function ${name}; a lambda is expected`);
  const parameters = lambdaParameters(node);
  if (parameters.length !== count)
    throw syntaxFailure(`Expected a lambda of ${count} arguments in ${name}, got ${parameters.length}`);
  return { parameters, body: node.expr };
}

/** Names of a lambda's parameters, of which DuckDB makes a column or a row of columns. */
export function lambdaParameters(node: SqlNode): readonly string[] {
  const left = isNode(node.lhs) ? node.lhs : {};
  const columns = left.class === 'FUNCTION' ? nodesOf(left.children) : [left];
  return columns.map(({ column_names: names }) => (Array.isArray(names) ? textOf(names.at(-1)) : ''));
}

const column = (name: string): SqlNode => ({
  class: 'COLUMN_REF',
  type: 'COLUMN_REF',
  alias: '',
  query_location: 0,
  column_names: [name],
});

function lambdaNode(parameter: string, expr: SqlNode): SqlNode {
  return { class: 'LAMBDA', type: 'LAMBDA', alias: '', query_location: 0, lhs: column(parameter), expr };
}

/** The body with other expressions in the places of names. Lambdas within keep their own names. */
function replaced(value: unknown, by: ReadonlyMap<string, SqlNode>): unknown {
  if (Array.isArray(value)) return value.map((item) => replaced(item, by));
  if (!isNode(value)) return value;
  if (value.class === 'COLUMN_REF' && Array.isArray(value.column_names)) {
    const [first, ...rest] = value.column_names.map(String);
    const found = by.get(first?.toLowerCase() ?? '');
    if (found === undefined) return value;
    return rest.reduce<SqlNode>(
      (inner, field) => callOf('struct_extract', [inner, { ...textField(field) }]),
      { ...found, alias: textOf(value.alias) },
    );
  }
  if (value.class === 'LAMBDA') {
    const own = new Set(lambdaParameters(value).map((name) => name.toLowerCase()));
    const left = new Map([...by].filter(([name]) => !own.has(name)));
    return { ...value, expr: replaced(value.expr, left) };
  }
  return Object.fromEntries(Object.entries(value).map(([field, inner]) => [field, replaced(inner, by)]));
}

function textField(value: string): SqlNode {
  return {
    class: 'CONSTANT',
    type: 'VALUE_CONSTANT',
    alias: '',
    query_location: 0,
    value: { type: { id: 'VARCHAR', type_info: null }, is_null: false, value },
  };
}

/** A lambda of several parameters as one of a single parameter, a row that holds them. */
function overRow({ parameters, body }: Lambda): SqlNode {
  const parameter = `trino_row_${parameters.join('_')}`;
  const by = new Map(
    parameters.map((name, at) => [
      name.toLowerCase(),
      callOf('struct_extract_at', [column(parameter), numberNode(at + 1)]),
    ]),
  );
  // The tree keeps its shape; only names were replaced.
  return lambdaNode(parameter, replaced(body, by) as SqlNode);
}

/** Functions that take a lambda. */
export const lambdaRewrite: FunctionRewrite = (call, name, children) => {
  const [first, second, third, fourth] = children;
  const entries = (): SqlNode => callOf('map_entries', [first]);
  switch (name) {
    case 'transform':
      lambdaOf(second, 1, name);
      return callOf('list_transform', [first, second], call);
    case 'filter':
      lambdaOf(second, 1, name);
      return callOf('list_filter', [first, second], call);
    case 'any_match':
    case 'all_match':
    case 'none_match': {
      lambdaOf(second, 1, name);
      const flags = callOf('list_transform', [first, second]);
      if (name === 'none_match') return callOf('trino_none', [flags], call);
      return callOf(name === 'any_match' ? 'trino_any' : 'trino_all', [flags], call);
    }
    case 'reduce': {
      lambdaOf(third, 2, name);
      const { parameters, body } = lambdaOf(fourth, 1, name);
      const reduced = callOf('list_reduce', [first, third, second]);
      // As above.
      const output = replaced(body, new Map([[parameters[0]?.toLowerCase() ?? '', reduced]])) as SqlNode;
      return { ...output, alias: textOf(call.alias) };
    }
    case 'zip_with':
      return callOf(
        'list_transform',
        [callOf('list_zip', [first, second]), overRow(lambdaOf(third, 2, name))],
        call,
      );
    case 'map_filter':
      return callOf(
        'trino_map_of',
        [callOf('list_filter', [entries(), overRow(lambdaOf(second, 2, name))])],
        call,
      );
    case 'map_zip_with':
      return callOf(
        'map',
        [
          callOf('trino_array_union', [callOf('map_keys', [first]), callOf('map_keys', [second])]),
          callOf('list_transform', [
            callOf('trino_zipped_maps', [first, second]),
            overRow(lambdaOf(third, 3, name)),
          ]),
        ],
        call,
      );
    case 'transform_values':
      return callOf(
        'map',
        [
          callOf('map_keys', [first]),
          callOf('list_transform', [entries(), overRow(lambdaOf(second, 2, name))]),
        ],
        call,
      );
    case 'transform_keys':
      return callOf(
        'trino_map',
        [
          callOf('list_transform', [entries(), overRow(lambdaOf(second, 2, name))]),
          callOf('map_values', [first]),
        ],
        call,
      );
    default:
      throw notSupported(`the function ${name}`);
  }
};
