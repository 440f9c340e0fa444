import type { ValidationIssue } from './validation.js';
import type { WireField, WireRule } from './wire-rules.js';
import { isIsoDate, isIsoTimestamp } from './wire-time.js';
import {
  isBase64,
  isBoundedText,
  isDecimal,
  isDouble,
  isEpochMillis,
  isEpochSeconds,
  isFloat,
  isInt64,
  isLowerCaseJson,
  isRecord,
  isSafeInt,
  isText,
} from './wire-values.js';

type Path = readonly (string | number)[];

/** Everything that is wrong with a value: the slow path of generated validators. */
export function findIssues(fields: readonly WireField[], value: unknown): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  checkFields(fields, value, [], issues);
  return issues;
}

function checkFields(
  fields: readonly WireField[],
  value: unknown,
  path: Path,
  issues: ValidationIssue[],
): void {
  if (!isRecord(value)) {
    report(issues, 'TYPE_MISMATCH', path, 'an object', value);
    return;
  }
  const known = new Set<string>();
  for (const [key, rule, presence = ''] of fields) {
    known.add(key);
    const item = Object.hasOwn(value, key) ? value[key] : undefined;
    if (item === undefined) {
      if (!presence.includes('?')) report(issues, 'MISSING', [...path, key], describe(rule), item);
    } else if (item !== null || !presence.includes('n')) checkValue(rule, item, [...path, key], issues);
  }
  for (const key of Object.keys(value)) {
    if (!known.has(key) && value[key] !== undefined) {
      report(issues, 'UNKNOWN_KEY', [...path, key], 'absent, since no column stores it', value[key]);
    }
  }
}

function checkValue(rule: WireRule, value: unknown, path: Path, issues: ValidationIssue[]): void {
  switch (rule[0]) {
    case 'struct':
      checkFields(rule[1], value, path, issues);
      return;
    case 'array':
      if (Array.isArray(value))
        value.forEach((item, index) => {
          checkItem(rule, item, [...path, index], issues);
        });
      else report(issues, 'TYPE_MISMATCH', path, describe(rule), value);
      return;
    case 'map':
      if (!isRecord(value)) report(issues, 'TYPE_MISMATCH', path, describe(rule), value);
      else {
        for (const [key, item] of Object.entries(value)) {
          if (key !== key.toLowerCase() || !isText(key)) {
            report(issues, 'KEY_CASE', [...path, key], 'under a lower-case key', item);
          }
          checkItem(rule, item, [...path, key], issues);
        }
      }
      return;
    default:
      if (!fitsScalar(rule, value)) {
        const right = value !== null && typeof value === jsonType(rule);
        report(issues, right ? 'OUT_OF_RANGE' : 'TYPE_MISMATCH', path, describe(rule), value);
      }
  }
}

function checkItem(
  rule: Extract<WireRule, readonly ['array' | 'map', ...unknown[]]>,
  item: unknown,
  path: Path,
  issues: ValidationIssue[],
): void {
  if (item !== null || rule[2] !== true) checkValue(rule[1], item, path, issues);
}

type ScalarRule = Exclude<WireRule, readonly ['struct' | 'array' | 'map', ...unknown[]]>;

function fitsScalar(rule: ScalarRule, value: unknown): boolean {
  switch (rule[0]) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'float':
      return isFloat(value);
    case 'double':
      return isDouble(value);
    case 'string':
      return isText(value);
    case 'json':
      return value !== null && isLowerCaseJson(value);
    case 'binary':
      return isBase64(value);
    case 'date':
      return isIsoDate(value);
    case 'iso':
      return isIsoTimestamp(value);
    case 'epoch-seconds':
      return isEpochSeconds(value);
    case 'epoch-millis':
      return isEpochMillis(value);
    case 'bigint':
      return isSafeInt(value);
    case 'digits':
      return isInt64(value);
    case 'int':
      return isSafeInt(value) && value >= -(2 ** (rule[1] - 1)) && value < 2 ** (rule[1] - 1);
    case 'in':
      return (rule[1] as readonly unknown[]).includes(value);
    case 'decimal':
      return isDecimal(value, rule[1], rule[2]);
    case 'char':
    case 'varchar':
      return isBoundedText(value, rule[1], rule[0] === 'char');
  }
}

function jsonType(rule: ScalarRule): string {
  if (rule[0] === 'in') return typeof rule[1][0];
  if (rule[0] === 'boolean' || rule[0] === 'decimal') return rule[0] === 'boolean' ? 'boolean' : 'string';
  return /^(?:f|dou|ep|big|int)/.test(rule[0]) ? 'number' : 'string';
}

function describe(rule: WireRule): string {
  switch (rule[0]) {
    case 'in':
      return `one of ${rule[1].map((value) => JSON.stringify(value)).join(', ')}`;
    case 'int':
      return `a whole number of ${rule[1]} bits (${-(2 ** (rule[1] - 1))} to ${2 ** (rule[1] - 1) - 1})`;
    case 'decimal':
      return `a decimal(${rule[1]},${rule[2]})`;
    case 'char':
    case 'varchar':
      return `text of at most ${rule[1]} characters`;
    default:
      return words[rule[0]];
  }
}

const words = {
  boolean: 'true or false',
  float: 'a number in single precision',
  double: 'a finite number',
  string: 'text',
  json: 'JSON with lower-case keys',
  binary: 'base64',
  date: 'a date (2026-01-05)',
  iso: 'a UTC timestamp (2026-01-05T08:30:00.000Z)',
  'epoch-seconds': 'seconds since 1970',
  'epoch-millis': 'milliseconds since 1970, from 2001-09-09 on',
  bigint: 'a safe integer',
  digits: 'a 64-bit integer in text',
  array: 'an array',
  map: 'an object',
  struct: 'an object',
};

function report(issues: ValidationIssue[], code: string, path: Path, expected: string, value: unknown): void {
  issues.push({
    code,
    path,
    message: `Expected \`${path.join('.') || 'value'}\` to be ${expected}, got ${show(value)}`,
  });
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'an array' : 'an object';
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
