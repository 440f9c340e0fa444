import type { Column, ColumnType } from '../table-schema.js';
import type { WireField, WireRule } from '../wire-rules.js';

/** The validator's rules for a list of columns or struct fields. */
export function wireFieldsOf(columns: readonly Column[]): readonly WireField[] {
  return columns.map((column) => {
    const key = column.jsonKey ?? column.name;
    const rule = wireRuleOf(column.type);
    const presence = presenceOf(column);
    return presence === undefined ? [key, rule] : [key, rule, presence];
  });
}

function presenceOf(column: Column): '?' | 'n' | '?n' | undefined {
  if (column.optional) return column.nullable ? '?n' : '?';
  return column.nullable ? 'n' : undefined;
}

/** The validator's rule for one type. */
export function wireRuleOf(type: ColumnType): WireRule {
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      if (type.values !== undefined) return ['in', type.values];
      return ['int', type.kind === 'int' ? 32 : type.kind === 'smallint' ? 16 : 8];
    case 'bigint':
      if (type.values !== undefined) return ['in', type.values];
      return [type.wire === 'string' ? 'digits' : 'bigint'];
    case 'string':
      if (type.values !== undefined) return ['in', type.values];
      return [type.json ? 'json' : 'string'];
    case 'decimal':
      return ['decimal', type.precision, type.scale];
    case 'char':
    case 'varchar':
      return [type.kind, type.length];
    case 'timestamp':
      return [type.wire];
    case 'array':
      return type.elementNullable
        ? ['array', wireRuleOf(type.element), true]
        : ['array', wireRuleOf(type.element)];
    case 'map':
      return type.valueNullable ? ['map', wireRuleOf(type.value), true] : ['map', wireRuleOf(type.value)];
    case 'struct':
      return ['struct', wireFieldsOf(type.fields)];
    default:
      return [type.kind];
  }
}
