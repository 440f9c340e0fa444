import { notSupported } from './athena-error.js';
import { callOf, constantOf, isNode, type SqlNode, textOf } from './sql-ast.js';

const whole = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT']);
const plain = new Set(['BOOLEAN', 'FLOAT', 'DOUBLE', 'DATE']);
const instants = new Set(['TIMESTAMP', 'TIMESTAMP WITH TIME ZONE']);

/** A cast, its operand checked where the two engines read or round a value differently. */
export function rewriteCast(cast: SqlNode, child: SqlNode): SqlNode {
  const type = isNode(cast.cast_type) ? textOf(cast.cast_type.id) : '';
  const soft = cast.try_cast === true;
  const operand = checkOf(type, soft);
  if (operand === undefined) return { ...cast, child };
  // A literal such as TIMESTAMP '2026-11-23 04:00:00' is a cast of a text.
  const isText = typeof constantOf(child) === 'string';
  return { ...cast, child: isText && type === 'VARCHAR' ? child : callOf(operand, [child]) };
}

function checkOf(type: string, soft: boolean): string | undefined {
  if (type === 'VARCHAR') return 'trino_text';
  if (whole.has(type)) return soft ? 'trino_whole_or_null' : 'trino_whole';
  if (instants.has(type)) return soft ? 'trino_instant_or_null' : 'trino_instant';
  if (type === 'DECIMAL') return 'trino_not_double';
  if (plain.has(type)) return undefined;
  throw notSupported(`a cast to ${type.toLowerCase()}`);
}
