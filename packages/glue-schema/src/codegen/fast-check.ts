import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { bitsOf, keyTest, type NameList, presenceOf, type Use } from './rule-text.js';
import { isInherited, key } from './source-text.js';

/**
 * Source text of functions that are true only for values without issues, and for nearly all of those: one whose
 * optional key is there with `undefined` is left to the slow path.
 *
 * Each function reads all its properties before it checks any: the JIT then asks once what the object is, and
 * not again after each call (bench/validator.bench.ts).
 */
export class FastCheck {
  /** The functions, inner ones first. */
  readonly functions: string[] = [];
  readonly #use: Use;
  readonly #list: NameList;
  #structs = 0;

  constructor(use: Use, list: NameList) {
    this.#use = use;
    this.#list = list;
  }

  /** Adds the function of a record, or of one of several. */
  addRecord(
    columns: readonly Column[],
    variants: TableSchema['variants'],
    name: string,
    signature: string,
  ): void {
    if (variants === undefined) {
      this.add(columns, name, signature);
      return;
    }
    const members = variants.map((each) => {
      const member = `fits${(this.#structs += 1)}`;
      this.add(each, member, '(event: unknown): boolean');
      return `${member}(event)`;
    });
    this.functions.push(`function ${name}${signature} {\n  return ${members.join(' || ')};\n}\n`);
  }

  /** Adds the function of one object, and those of the objects inside it. */
  add(columns: readonly Column[], name: string, signature: string): void {
    const reads = columns.map((column, index) => ({
      column,
      key: column.jsonKey ?? column.name,
      value: `v${index}`,
    }));
    const plain = reads.filter((read) => !isInherited(read.key));
    const checks = reads
      .map(({ column, value }) => ({ cost: costOf(column.type), text: this.#column(column, value) }))
      .sort((a, b) => a.cost - b.cost);
    // As many keys as columns: none unknown, and none that differs from a column's by case.
    const count = [
      String(columns.filter((column) => !column.optional).length),
      ...reads.filter(({ column }) => column.optional).map(({ value }) => `(${value} === undefined ? 0 : 1)`),
    ];
    this.functions.push(`function ${name}${signature} {
  if (!${this.#use('isRecord')}(event)) return false;
  const { ${plain.map((read) => `${key(read.key)}: ${read.value}`).join(', ')} } = event;
${reads
  .filter((read) => isInherited(read.key))
  .map(
    ({ key: own, value }) =>
      `  const ${value} = Object.hasOwn(event, '${own}') ? event['${own}'] : undefined;\n`,
  )
  .join('')}  return (
    ${[...checks.map((check) => check.text), `${this.#use('hasKeys')}(event, ${count.join(' + ')})`].join(' &&\n    ')}
  );
}
`);
  }

  #column(column: Column, value: string): string {
    const check = this.#value(column.type, value);
    switch (presenceOf(column)) {
      case '':
        return check;
      case '?':
        return `(${value} === undefined || ${check})`;
      case 'n':
        return `(${value} === null || ${check})`;
      case '?n':
        return `(${value} === undefined || ${value} === null || ${check})`;
    }
  }

  #value(type: ColumnType, value: string): string {
    const use = this.#use;
    if ('values' in type) return `${this.#list(type.values)}.has(${value})`;
    switch (type.kind) {
      case 'boolean':
        return `typeof ${value} === 'boolean'`;
      case 'tinyint':
      case 'smallint':
        return `${use('isIntOf')}(${value}, ${bitsOf(type.kind)})`;
      case 'int':
        return `${use('isInt32')}(${value})`;
      case 'bigint':
        return type.wire === 'string' ? `${use('isInt64')}(${value})` : `Number.isSafeInteger(${value})`;
      case 'string':
        return `${use(type.json ? 'isLowerCaseJson' : 'isText')}(${value})`;
      case 'decimal':
        return `${use(type.precision > 15 ? 'isWideDecimal' : 'isDecimal')}(${value}, ${type.precision}, ${type.scale})`;
      case 'char':
        return `${use('isBoundedText')}(${value}, ${type.length}, true)`;
      case 'varchar':
        return `${use('isBoundedText')}(${value}, ${type.length})`;
      case 'array':
        return `${use('isArrayOf')}(${value}, ${this.#item(type.element, type.elementNullable)})`;
      case 'map': {
        const keys = keyTest(type.key, use);
        return `${use('isMapOf')}(${value}, ${this.#item(type.value, type.valueNullable)}${keys === undefined ? '' : `, ${keys}`})`;
      }
      case 'struct': {
        const name = `fits${(this.#structs += 1)}`;
        this.addRecord(type.fields, type.variants, name, '(event: unknown): boolean');
        return `${name}(${value})`;
      }
      case 'double':
        return `Number.isFinite(${value})`;
      case 'timestamp':
        return `${use(timestamps[type.wire])}(${value})`;
      default:
        return `${use(predicates[type.kind])}(${value})`;
    }
  }

  #item(type: ColumnType, nullable: true | undefined): string {
    return `(item) => ${nullable ? 'item === null || ' : ''}${this.#value(type, 'item')}`;
  }
}

const timestamps = {
  iso: 'isIsoTimestamp',
  'epoch-seconds': 'isEpochSeconds',
  'epoch-millis': 'isEpochMillis',
} as const;

const predicates = { float: 'isFloat', binary: 'isBase64', date: 'isIsoDate' } as const;

/** Checks that call nothing come first. */
function costOf(type: ColumnType): number {
  switch (type.kind) {
    case 'boolean':
    case 'tinyint':
    case 'smallint':
    case 'int':
    case 'bigint':
    case 'float':
    case 'double':
      return 0;
    case 'string':
      return 1;
    default:
      return 2;
  }
}
