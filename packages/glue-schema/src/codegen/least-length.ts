import type { Column, ColumnType, TableSchema } from '../table-schema.js';
import { bitsOf, keyTest, type NameList, presenceOf, type Use, valueText } from './rule-text.js';
import { isInherited, key } from './source-text.js';

/**
 * Source text of functions that give the least length of a record's JSON text, NaN for a value that is no such record:
 * what `parseRecord` of the runtime takes.
 */
export class LeastLength {
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
  addRecord(columns: readonly Column[], variants: TableSchema['variants'], name: string): void {
    if (variants === undefined) {
      this.#add(columns, name);
      return;
    }
    const members = variants.map((each) => {
      const member = `least${(this.#structs += 1)}`;
      this.#add(each, member);
      return member;
    });
    const tries = members.map(
      (member, index) => `  const n${index} = ${member}(event);
  if (!Number.isNaN(n${index})) return n${index};
`,
    );
    this.functions.push(`function ${name}(event: unknown): number {\n${tries.join('')}  return NaN;\n}\n`);
  }

  #add(columns: readonly Column[], name: string): void {
    const reads = columns.map((column, index) => ({
      column,
      key: column.jsonKey ?? column.name,
      value: `v${index}`,
    }));
    const plain = reads.filter((read) => !isInherited(read.key));
    const required = reads.filter(({ column }) => !column.optional);
    // Quotes, a colon and a comma for each key; of the commas the first is the opening brace.
    const fixed = required.reduce((sum, read) => sum + read.key.length + 4, 1);
    const terms = reads.map((read) => this.#column(read.column, read.key, read.value));
    this.functions.push(`function ${name}(event: unknown): number {
  if (!${this.#use('isRecord')}(event)) return NaN;
  const { ${plain.map((read) => `${key(read.key)}: ${read.value}`).join(', ')} } = event;
${reads
  .filter((read) => isInherited(read.key))
  .map(
    ({ key: own, value }) =>
      `  const ${value} = Object.hasOwn(event, '${own}') ? event['${own}'] : undefined;\n`,
  )
  .join('')}  return (
    ${[String(fixed), ...terms].join(' +\n    ')}
  );
}
`);
  }

  #column(column: Column, name: string, value: string): string {
    const least = this.#value(column.type, value);
    switch (presenceOf(column)) {
      case '':
        return least;
      case '?':
        return `(${value} === undefined ? 0 : ${name.length + 4} + ${least})`;
      case 'n':
        return `(${value} === null ? 4 : ${least})`;
      case '?n':
        return `(${value} === undefined ? 0 : ${name.length + 4} + (${value} === null ? 4 : ${least}))`;
    }
  }

  #value(type: ColumnType, value: string): string {
    const use = this.#use;
    const text = (test: string): string => `(${test} ? ${value}.length + 2 : NaN)`;
    if ('values' in type) {
      // Up to this many, comparing is faster than a set.
      if (type.kind === 'string' && type.values.length <= 12)
        return text(type.values.map((one) => `${value} === ${valueText(one)}`).join(' || '));
      return `${use('leastOfOne')}(${this.#list(type.values)}, ${value})`;
    }
    const number = (test: string): string => `(${test} ? ${use('leastOfNumber')}(${value}) : NaN)`;
    const exact = (test: string): string => `(${test} ? ${use('leastOfExact')}(${value}) : NaN)`;
    switch (type.kind) {
      case 'boolean':
        return `(${value} === true ? 4 : ${value} === false ? 5 : NaN)`;
      case 'tinyint':
      case 'smallint':
        return number(`${use('isIntOf')}(${value}, ${bitsOf(type.kind)})`);
      case 'int':
        return `${use('leastOfInt32')}(${value})`;
      case 'bigint':
        return type.wire === 'string'
          ? text(`${use('isInt64')}(${value})`)
          : `${use('leastOfLong')}(${value})`;
      case 'string':
        // Half of a surrogate pair is no shorter in its escape, and none is in a text that is well formed.
        return type.json ? `${use('leastOfJson')}(${value})` : text(`typeof ${value} === 'string'`);
      case 'decimal':
        return exact(
          `${use(type.precision > 15 ? 'isWideDecimal' : 'isDecimal')}(${value}, ${type.precision}, ${type.scale})`,
        );
      case 'char':
        return text(`${use('isBoundedText')}(${value}, ${type.length}, true)`);
      case 'varchar':
        return text(`${use('isBoundedText')}(${value}, ${type.length})`);
      case 'array':
        return `${use('leastOfArray')}(${value}, ${this.#item(type.element, type.elementNullable)})`;
      case 'map': {
        const keys = keyTest(type.key, use);
        return `${use('leastOfMap')}(${value}, ${this.#item(type.value, type.valueNullable)}${keys === undefined ? '' : `, ${keys}`})`;
      }
      case 'struct': {
        const name = `least${(this.#structs += 1)}`;
        this.addRecord(type.fields, type.variants, name);
        return `${name}(${value})`;
      }
      case 'float':
        return number(`${use('isFloat')}(${value})`);
      case 'double':
        return `${use('leastOfNumber')}(${value})`;
      case 'timestamp':
        if (type.wire === 'iso') return `${use('leastOfInstant')}(${value})`;
        return number(`${use(type.wire === 'epoch-millis' ? 'isEpochMillis' : 'isEpochSeconds')}(${value})`);
      case 'date':
        return text(`${use('isIsoDate')}(${value})`);
      case 'binary':
        return text(`${use('isBase64')}(${value})`);
    }
  }

  #item(type: ColumnType, nullable: true | undefined): string {
    return `(item) => ${nullable ? 'item === null ? 4 : ' : ''}${this.#value(type, 'item')}`;
  }
}

/** The source text of an `ExactPlan` of the runtime; undefined where no part of the columns keeps its digits. */
export function exactPlan(columns: readonly Column[]): string | undefined {
  const members = columns.flatMap((column) => {
    const plan = planOf(column.type);
    return plan === undefined ? [] : [`${key(column.jsonKey ?? column.name)}: ${plan}`];
  });
  return members.length === 0 ? undefined : `{ members: { ${members.join(', ')} } }`;
}

function planOf(type: ColumnType): string | undefined {
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int':
      return "'long'";
    case 'bigint':
      return type.wire === 'number' ? "'long'" : "'digits'";
    case 'decimal':
      return "'decimal'";
    case 'struct':
      return exactPlan(type.fields);
    case 'array':
    case 'map': {
      const plan = planOf(type.kind === 'array' ? type.element : type.value);
      return plan === undefined ? undefined : `{ each: ${plan} }`;
    }
    default:
      return undefined;
  }
}
