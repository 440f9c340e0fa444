import type { WireField, WireRule } from '../wire-rules.js';
import { access } from './source-text.js';

/** Straight code that is true only for values without issues; it may be false for a few that have none. */
export interface FastCheck {
  readonly expression: string;
  /** Names that the expression imports. */
  readonly imports: ReadonlySet<string>;
}

/** The fast check of one event, held in the variable `name`. */
export function fastCheck(fields: readonly WireField[], name: string): FastCheck {
  const imports = new Set<string>();
  const use = (helper: string): string => {
    imports.add(helper);
    return helper;
  };
  return { expression: checkObject(fields, name, use), imports };
}

type Use = (helper: string) => string;

function checkObject(fields: readonly WireField[], value: string, use: Use): string {
  const required = fields.filter(([, , presence]) => presence === undefined || presence === 'n');
  const optional = fields.filter(([, , presence]) => presence?.startsWith('?'));
  const counted = [
    String(required.length),
    ...optional.map(([name]) => `(${access(value, name)} === undefined ? 0 : 1)`),
  ];
  return [
    `${use('isRecord')}(${value})`,
    ...fields.map((field) => checkField(field, value, use)),
    // As many keys as columns: no unknown key, and none that differs from a column's by case.
    `Object.keys(${value}).length === ${counted.join(' + ')}`,
  ].join(' &&\n    ');
}

function checkField([name, rule, presence]: WireField, owner: string, use: Use): string {
  const value = access(owner, name);
  const checks = [checkValue(rule, value, use)];
  if (presence?.includes('n')) checks.unshift(`${value} === null`);
  if (presence?.includes('?')) checks.unshift(`${value} === undefined`);
  return checks.length === 1 ? (checks[0] ?? '') : `(${checks.join(' || ')})`;
}

function checkValue(rule: WireRule, value: string, use: Use): string {
  switch (rule[0]) {
    case 'boolean':
      return `typeof ${value} === 'boolean'`;
    case 'in':
      return `(${rule[1].map((item) => `${value} === ${JSON.stringify(item)}`).join(' || ')})`;
    case 'int':
      if (rule[1] === 32) return `${use('isInt32')}(${value})`;
      return `${use('isIntOf')}(${value}, ${rule[1]})`;
    case 'decimal':
      return `${use('isDecimal')}(${value}, ${rule[1]}, ${rule[2]})`;
    case 'char':
      return `${use('isBoundedText')}(${value}, ${rule[1]}, true)`;
    case 'varchar':
      return `${use('isBoundedText')}(${value}, ${rule[1]})`;
    case 'array':
    case 'map': {
      const item = checkItem(rule, use);
      return `${use(rule[0] === 'array' ? 'isArrayOf' : 'isMapOf')}(${value}, ${item})`;
    }
    case 'struct':
      return checkObject(rule[1], value, use);
    default:
      return `${use(predicates[rule[0]])}(${value})`;
  }
}

function checkItem(rule: Extract<WireRule, readonly ['array' | 'map', ...unknown[]]>, use: Use): string {
  const nullable = rule[2] === true ? 'item === null || ' : '';
  return `(item) => ${nullable}(${checkValue(rule[1], 'item', use)})`;
}

const predicates = {
  float: 'isFloat',
  double: 'isDouble',
  string: 'isText',
  json: 'isLowerCaseJson',
  binary: 'isBase64',
  date: 'isIsoDate',
  iso: 'isIsoTimestamp',
  'epoch-seconds': 'isEpochSeconds',
  'epoch-millis': 'isEpochMillis',
  bigint: 'isSafeInt',
  digits: 'isInt64',
} as const;
