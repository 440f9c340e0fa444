import { GlueSchemaError } from '../errors.js';
import type { GlueColumn, GlueField, GlueType } from '../glue-type.js';
import { parseGlueType } from '../parse-glue-type.js';

/** How keys find their column. */
export interface KeyRules {
  /** Keys of any case match, and are stored in lower case. */
  readonly caseInsensitive: boolean;
  /** A dot in a key counts as an underscore. */
  readonly dotsToUnderscores: boolean;
  /** JSON key of a column, where it is not the column's name. */
  readonly mappings: Readonly<Record<string, string>>;
}

/** A type prepared for reading values. */
export type ValuePlan =
  | { readonly kind: 'integer'; readonly low: number; readonly high: number }
  | { readonly kind: 'bigint' | 'float' | 'double' }
  | { readonly kind: 'boolean' | 'date' | 'timestamp' }
  | { readonly kind: 'string' }
  | { readonly kind: 'decimal'; readonly precision: number; readonly scale: number }
  | { readonly kind: 'text'; readonly length: number; readonly char: boolean }
  | { readonly kind: 'array'; readonly item: ValuePlan }
  | { readonly kind: 'map'; readonly key: ValuePlan; readonly item: ValuePlan }
  | { readonly kind: 'struct'; readonly fields: FieldsPlan };

/** The columns of a table or the fields of a struct, prepared for reading objects. */
export interface FieldsPlan {
  /** Names as the table has them, in its order. */
  readonly names: readonly string[];
  readonly plans: readonly ValuePlan[];
  /** Where a column stands, by the only key that needs no folding; columns that are mapped have none. */
  readonly exact: ReadonlyMap<string, number>;
  /** Where a column stands, by folded key. */
  readonly folded: ReadonlyMap<string, number>;
  readonly fold: (key: string) => string;
}

/** Prepares a table's columns. */
export function planColumns(columns: readonly GlueColumn[], rules: KeyRules): FieldsPlan {
  const fields = columns.map((column) => ({ name: column.Name, type: parseGlueType(column.Type) }));
  return planFields(fields, rules, rules.mappings);
}

function planFields(
  fields: readonly GlueField[],
  rules: KeyRules,
  mappings: Readonly<Record<string, string>>,
): FieldsPlan {
  const fold = folding(rules);
  const exact = new Map<string, number>();
  const folded = new Map<string, number>();
  fields.forEach((field, index) => {
    const mapped = Object.hasOwn(mappings, field.name) ? mappings[field.name] : undefined;
    if (mapped === undefined) exact.set(field.name, index);
    const key = fold(mapped ?? field.name);
    if (folded.has(key)) {
      throw new GlueSchemaError(
        'NAME_COLLISION',
        `Two columns read the JSON key "${key}"; map or rename one`,
        {
          key,
        },
      );
    }
    folded.set(key, index);
  });
  return {
    names: fields.map((field) => field.name),
    plans: fields.map((field) => planType(field.type, rules)),
    exact,
    folded,
    fold,
  };
}

function folding(rules: KeyRules): (key: string) => string {
  const dots = (key: string): string => key.replaceAll('.', '_');
  if (!rules.caseInsensitive) return rules.dotsToUnderscores ? dots : (key) => key;
  return rules.dotsToUnderscores ? (key) => dots(key.toLowerCase()) : (key) => key.toLowerCase();
}

function planType(type: GlueType, rules: KeyRules): ValuePlan {
  switch (type.kind) {
    case 'tinyint':
    case 'smallint':
    case 'int': {
      const half = 2 ** { tinyint: 7, smallint: 15, int: 31 }[type.kind];
      return { kind: 'integer', low: -half, high: half - 1 };
    }
    case 'decimal':
      return { kind: 'decimal', precision: type.precision, scale: type.scale };
    case 'char':
    case 'varchar':
      return { kind: 'text', length: type.length, char: type.kind === 'char' };
    case 'array':
      return { kind: 'array', item: planType(type.element, rules) };
    case 'map':
      return { kind: 'map', key: planType(type.key, rules), item: planType(type.value, rules) };
    case 'struct':
      return { kind: 'struct', fields: planFields(type.fields, rules, {}) };
    case 'binary':
      throw new GlueSchemaError(
        'UNSUPPORTED',
        'Expected columns that JSON can hold, got binary; make it a string in base64',
      );
    default:
      return { kind: type.kind };
  }
}
