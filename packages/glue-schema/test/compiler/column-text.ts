import type { Column, ColumnType } from '@store/glue-schema';

/** A column in one line: `price? | null: decimal(10,2)`. */
export function columnText(column: Column): string {
  const { name, jsonKey, optional, nullable, type, comment, renamedFrom, partitionKey } = column;
  return [
    `${name}${jsonKey === undefined ? '' : ` = ${JSON.stringify(jsonKey)}`}`,
    `${optional ? '?' : ''}${nullable ? ' | null' : ''}: ${typeText(type)}`,
    comment === undefined ? '' : ` — ${comment}`,
    renamedFrom === undefined ? '' : ` (was ${renamedFrom})`,
    partitionKey === undefined ? '' : ' (partition key)',
  ].join('');
}

function typeText(type: ColumnType): string {
  switch (type.kind) {
    case 'decimal':
      return `decimal(${type.precision},${type.scale})`;
    case 'char':
    case 'varchar':
      return `${type.kind}(${type.length})`;
    case 'timestamp':
      return `timestamp ${type.wire}`;
    case 'array':
      return `array<${typeText(type.element)}${type.elementNullable ? ' | null' : ''}>`;
    case 'map':
      return `map<${typeText(type.key)},${typeText(type.value)}${type.valueNullable ? ' | null' : ''}>`;
    case 'struct':
      return `struct<${type.fields.map(columnText).join(', ')}>`;
    case 'string':
      return `${type.json ? 'json ' : ''}string${values(type.values)}`;
    case 'bigint':
      return `bigint ${type.wire}${values(type.values)}`;
    case 'tinyint':
    case 'smallint':
    case 'int':
      return `${type.kind}${values(type.values)}`;
    default:
      return type.kind;
  }
}

const values = (list: readonly (string | number)[] | undefined): string =>
  list === undefined ? '' : ` of ${list.join('|')}`;
