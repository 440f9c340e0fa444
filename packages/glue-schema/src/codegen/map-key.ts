import { GlueSchemaError } from '../errors.js';
import type { ColumnType } from '../table-schema.js';
import { bitsOf, type Use } from './rule-text.js';

/**
 * The test of a map's keys as source text; `undefined` for plain text, of which the helpers know. JSON has only text
 * for a key, so a number is its digits and nothing else: OpenX would store `007` as `7`.
 *
 * @throws GlueSchemaError for kinds whose text OpenX changes, or whose letters it folds.
 */
export function keyTest(type: ColumnType, use: Use): string | undefined {
  switch (type.kind) {
    case 'string':
      return type.values === undefined ? undefined : `(key) => ${JSON.stringify(type.values)}.includes(key)`;
    case 'boolean':
      return `(key) => key === 'true' || key === 'false'`;
    case 'tinyint':
    case 'smallint':
    case 'int':
      return `(key) => ${use('isIntKey')}(key, ${bitsOf(type.kind)})`;
    case 'bigint':
      return use('isInt64Key');
    case 'date':
      return use('isIsoDate');
    case 'varchar':
    case 'char':
      return `(key) => ${use('isFoldedKey')}(key) && ${use('isBoundedText')}(key, ${type.length}${type.kind === 'char' ? ', true' : ''})`;
    default:
      throw new GlueSchemaError(
        'UNSUPPORTED',
        `A map with keys of type ${type.kind} has no one JSON form; make the keys string, or an integer`,
        { kind: type.kind },
      );
  }
}
