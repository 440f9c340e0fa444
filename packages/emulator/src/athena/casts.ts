import { notSupported } from './athena-error.js';
import {
  asTyped,
  callOf,
  constantOf,
  isNode,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  textOf,
} from './sql-ast.js';
import { duckDbTypeOf, parseTrinoType, type TrinoType } from './trino-types.js';

/** A cast that the grammar wrote as a call: `trino_cast(x, 'varchar(3)')`. Its operand is rewritten already. */
export function rewriteCast(call: SqlNode, operand: unknown): SqlNode {
  const soft = textOf(call.function_name) === 'trino_try_cast';
  const type = parseTrinoType(String(constantOf(nodesOf(call.children)[1]) ?? ''));
  const cast = castTo(type, operand);
  const node: SqlNode = soft
    ? { class: 'OPERATOR', type: 'OPERATOR_TRY', query_location: 0, children: [cast] }
    : cast;
  return { ...node, alias: textOf(call.alias) };
}

const byName: Readonly<Record<string, string>> = {
  boolean: 'trino_to_boolean',
  tinyint: 'trino_to_tinyint',
  smallint: 'trino_to_smallint',
  integer: 'trino_to_integer',
  bigint: 'trino_to_bigint',
  real: 'trino_to_real',
  double: 'trino_to_double',
  date: 'trino_to_date',
  json: 'trino_to_json',
  'timestamp with time zone': 'trino_to_zoned',
};

/** Types for which a text that is a plain number is told from others first; of JSON, its digits make no difference. */
const readPlainly = new Set(['tinyint', 'smallint', 'integer', 'bigint', 'double']);

function castTo(type: TrinoType, written: unknown): SqlNode {
  const isScalar = isNode(written) && written.function_name === 'trino_json_scalar';
  if (isScalar && readPlainly.has(type.name))
    return callOf(`${byName[type.name] ?? ''}_of_json`, nodesOf(written.children));
  const operand =
    isScalar && type.name === 'real' ? { ...written, function_name: 'trino_json_number' } : written;
  const target = Object.hasOwn(byName, type.name) ? byName[type.name] : undefined;
  if (type.name === 'date') {
    const day = isNode(operand) && operand.class === 'CAST' ? constantOf(operand.child) : constantOf(operand);
    if (typeof day === 'string' && isCalendarDay(day)) return asTyped(textNode(day), 'DATE');
  }
  const isColumn = isNode(operand) && operand.class === 'COLUMN_REF';
  if (target !== undefined) {
    const readsTwice = type.name === 'date' || readPlainly.has(type.name);
    return callOf(isColumn && readsTwice ? `${target}_column` : target, [operand]);
  }
  switch (type.name) {
    case 'varchar': {
      const [length] = type.numbers;
      const text = callOf('trino_text', [operand]);
      return length === undefined ? text : callOf('trino_text_length', [operand, text, integer(length)]);
    }
    case 'varbinary':
      return callOf('trino_to_bytes', [operand]);
    case 'timestamp': {
      const digits = type.numbers[0] ?? 3;
      if (digits === 3) return callOf(`trino_to_timestamp${isColumn ? '_column' : ''}`, [operand]);
      const exact = callOf('trino_to_timestamp_6', [operand]);
      if (digits === 0)
        return typed(callOf('date_trunc', [asTyped(textNode('second'), 'VARCHAR'), exact]), 'TIMESTAMP_S');
      if (digits !== 6) throw notSupported(`timestamp(${digits}); served are 0, 3 and 6`);
      return typed(exact, 'TIMESTAMP_NS');
    }
    case 'decimal':
      return callOf('trino_to_decimal', [operand, exemplar(type)]);
    case 'array':
    case 'map':
    case 'row':
      return ofNested(type, operand);
    default:
      throw notSupported(`a cast to ${type.name}`);
  }
}

/** Whether a text is a day as it is in most statements, which needs no check when they run. */
function isCalendarDay(day: string): boolean {
  const at = /^[12]\d{3}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(day);
}

/** A cast to a nested type, part by part; of JSON, by what its text holds. */
function ofNested(type: TrinoType, operand: unknown): SqlNode {
  const ofJson = fromJson(type, callOf('trino_json_of', [operand]));
  const [first = UNKNOWN, second = UNKNOWN] = type.inner;
  switch (type.name) {
    case 'array': {
      const items = eachOf(callOf('trino_plain_list', [operand]), (item) => castTo(first, item));
      return callOf('trino_nested_or_json', [operand, ofJson, items]);
    }
    case 'map': {
      const plain = callOf('trino_plain_map', [operand]);
      const keys = eachOf(callOf('map_keys', [plain]), (item) => castTo(first, item));
      const values = eachOf(callOf('map_values', [plain]), (item) => castTo(second, item));
      return callOf('trino_nested_or_json', [operand, ofJson, callOf('map', [keys, values])]);
    }
    default: {
      // By position, as Athena casts rows.
      const fields = packed(type, (inner, at) =>
        castTo(inner, callOf('trino_field', [operand, numberNode(at + 1)])),
      );
      return callOf('trino_nested_or_json', [operand, ofJson, fields]);
    }
  }
}

/** A value of a type from the text of JSON. */
function fromJson(type: TrinoType, json: SqlNode): SqlNode {
  const [first = UNKNOWN, second = UNKNOWN] = type.inner;
  switch (type.name) {
    case 'varchar':
    case 'date':
    case 'timestamp':
      return castTo(type, callOf('trino_json_text', [json]));
    case 'decimal':
      return castTo(type, callOf('trino_json_scalar_text', [json]));
    case 'real':
      return castTo(type, callOf('trino_to_double_json', [json]));
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'integer':
    case 'bigint':
    case 'double':
      return callOf(`trino_to_${type.name}_json`, [json]);
    case 'json':
      return callOf('trino_json', [json, trueNode]);
    case 'array':
      return eachOf(callOf('trino_json_items', [json]), (item) => fromJson(first, item));
    case 'map': {
      const keys = eachOf(callOf('trino_json_keys', [json]), (key) => castTo(first, key));
      const values = eachOf(callOf('trino_json_values', [json]), (item) => fromJson(second, item));
      return callOf('map', [keys, values]);
    }
    case 'row': {
      const fields = packed(type, (inner, at) =>
        fromJson(
          inner,
          callOf('trino_json_field', [
            json,
            asTyped(textNode((type.fields[at] ?? '').toLowerCase()), 'VARCHAR'),
            numberNode(at),
          ]),
        ),
      );
      return callOf('trino_unless_json_null', [json, fields]);
    }
    default:
      throw notSupported(`a cast of json to ${type.name}`);
  }
}

const UNKNOWN: TrinoType = { name: 'unknown', numbers: [], inner: [], fields: [] };
const trueNode: SqlNode = { ...asTyped(textNode('t'), 'BOOLEAN') };

function packed(type: TrinoType, field: (inner: TrinoType, at: number) => SqlNode): SqlNode {
  return callOf(
    'struct_pack',
    type.inner.map((inner, at) => ({
      ...field(inner, at),
      alias: type.fields[at] === '' ? `$${at}` : type.fields[at],
    })),
  );
}

let lambdas = 0;

/** A list of what is made of each item. */
function eachOf(list: SqlNode, make: (item: SqlNode) => SqlNode): SqlNode {
  lambdas = (lambdas + 1) % 1_000_000;
  const item: SqlNode = {
    class: 'COLUMN_REF',
    type: 'COLUMN_REF',
    alias: '',
    query_location: 0,
    column_names: [`trino_part_${lambdas}`],
  };
  const lambda = {
    class: 'LAMBDA',
    type: 'LAMBDA',
    alias: '',
    query_location: 0,
    lhs: item,
    expr: make(item),
  };
  return callOf('list_transform', [list, lambda]);
}

const integer = (value: number): SqlNode => asTyped(textNode(String(value)), 'INTEGER');
const typed = (child: SqlNode, type: string): SqlNode => asTyped(child, type);

/** NULL of a type, which shows the type to DuckDB's `cast_to_type`. */
function exemplar(type: TrinoType): SqlNode {
  return callOf('trino_typed', [textNode(duckDbTypeOf(type))]);
}
