import { notSupported } from './athena-error.js';
import {
  asTyped,
  callOf,
  constantOf,
  nodesOf,
  numberNode,
  type SqlNode,
  textNode,
  textOf,
} from './sql-ast.js';
import { duckDbTypeOf, holdsOwn, parseTrinoType, type TrinoType } from './trino-types.js';

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

function castTo(type: TrinoType, operand: unknown): SqlNode {
  const target = Object.hasOwn(byName, type.name) ? byName[type.name] : undefined;
  if (target !== undefined) return callOf(target, [operand]);
  switch (type.name) {
    case 'varchar': {
      const [length] = type.numbers;
      const text = callOf('trino_text', [operand]);
      return length === undefined ? text : callOf('trino_text_length', [text, integer(length)]);
    }
    case 'varbinary':
      return callOf('trino_to_bytes', [operand]);
    case 'timestamp': {
      const digits = type.numbers[0] ?? 3;
      if (digits === 3) return callOf('trino_to_timestamp', [operand]);
      const exact = callOf('trino_to_timestamp_6', [operand]);
      if (digits === 0)
        return typed(callOf('date_trunc', [asTyped(textNode('second'), 'VARCHAR'), exact]), 'TIMESTAMP_S');
      if (digits !== 6) throw notSupported(`timestamp(${digits}); served are 0, 3 and 6`);
      return typed(exact, 'TIMESTAMP_NS');
    }
    case 'decimal':
      return callOf('trino_to_decimal', [operand, exemplar(type)]);
    case 'array':
      if (type.inner[0]?.name === 'json') return callOf('trino_to_json_list', [operand]);
      break;
    case 'map':
      if (type.inner[1]?.name === 'json') return callOf('trino_to_json_map', [operand]);
      break;
    case 'row': {
      // By position, as Athena casts rows; JSON by its names, or by position where it is an array.
      const fields = type.inner.map((inner, at) => ({
        ...castTo(inner, callOf('trino_field', [operand, numberNode(at + 1)])),
        alias: type.fields[at] === '' ? `$${at}` : type.fields[at],
      }));
      const json = holdsOwn(type)
        ? callOf('trino_refused_cast', [operand])
        : callOf('trino_row_of_json', [operand, exemplar(type)]);
      return callOf('trino_row_or_json', [operand, json, callOf('struct_pack', fields)]);
    }
    default:
      throw notSupported(`a cast to ${type.name}`);
  }
  if (holdsOwn(type))
    throw notSupported('a cast to a type that holds json or zones deeper within; cast step by step');
  return callOf('trino_to_nested', [operand, exemplar(type)]);
}

const integer = (value: number): SqlNode => asTyped(textNode(String(value)), 'INTEGER');
const typed = (child: SqlNode, type: string): SqlNode => asTyped(child, type);

/** NULL of a type, which shows the type to DuckDB's `cast_to_type`. */
function exemplar(type: TrinoType): SqlNode {
  return callOf('trino_typed', [textNode(duckDbTypeOf(type))]);
}
