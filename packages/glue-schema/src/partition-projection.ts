import {
  listOf,
  mapOf,
  nested,
  numberBetween,
  oneOf,
  type OptionRule,
  type OptionRules,
  required,
  satisfying,
  text,
} from '@store/foundation';
import { GlueSchemaError } from './errors.js';
import type { GlueType } from './glue-type.js';

/** Units of a date projection's step, as Athena writes them. */
export type ProjectionIntervalUnit =
  'YEARS' | 'MONTHS' | 'WEEKS' | 'DAYS' | 'HOURS' | 'MINUTES' | 'SECONDS' | 'MILLIS';

/** How Athena computes the values of one partition key instead of reading them from the catalog. */
export type KeyProjection =
  /** A few dozen values at most. White space counts; a comma cannot be said. */
  | { readonly type: 'enum'; readonly values: readonly string[] }
  /** Whole numbers, both ends included; `digits` pads with zeros. */
  | {
      readonly type: 'integer';
      readonly range: readonly [number, number];
      readonly interval?: number;
      readonly digits?: number;
    }
  /** UTC instants from the first to the last, which may be `NOW` or `NOW-3DAYS`. */
  | {
      readonly type: 'date';
      readonly range: readonly [string, string];
      /** Java DateTimeFormatter pattern: `yyyy-MM-dd-HH`. */
      readonly format: string;
      readonly interval?: number;
      readonly intervalUnit?: ProjectionIntervalUnit;
    }
  /** Any text; every query must name the values it wants. */
  | { readonly type: 'injected' };

/** Partition projection of a whole table. */
export interface PartitionProjection {
  /** One entry for each partition key. */
  readonly keys: Readonly<Record<string, KeyProjection>>;
  /**
   * Where a partition lies: `s3://bucket/data/${datehour}/`, with every key in it.
   *
   * @defaultValue Hive's layout under the table's location, `key=value/`
   */
  readonly locationTemplate?: string;
}

type ProjectionOf<Type extends KeyProjection['type']> = Extract<KeyProjection, { readonly type: Type }>;

const anyNumber = numberBetween(-Infinity, Infinity);
const anyText = satisfying('text', (value) => typeof value === 'string');
const pairOf = (item: OptionRule): OptionRule =>
  required({
    expected: 'a list of two, first and last',
    problem: (value, path) =>
      listOf(item).problem(value, path) ??
      satisfying('a list of two, first and last', (list) => Array.isArray(list) && list.length === 2).problem(
        value,
        path,
      ),
  });

const typeRule = required(oneOf('enum', 'integer', 'date', 'injected'));
const enumRules: OptionRules<ProjectionOf<'enum'>> = { type: typeRule, values: required(listOf(anyText)) };
const integerRules: OptionRules<ProjectionOf<'integer'>> = {
  type: typeRule,
  range: pairOf(anyNumber),
  interval: anyNumber,
  digits: anyNumber,
};
const dateRules: OptionRules<ProjectionOf<'date'>> = {
  type: typeRule,
  range: pairOf(anyText),
  format: required(text('a Java DateTimeFormatter pattern')),
  interval: anyNumber,
  intervalUnit: oneOf('YEARS', 'MONTHS', 'WEEKS', 'DAYS', 'HOURS', 'MINUTES', 'SECONDS', 'MILLIS'),
};
const injectedRules: OptionRules<ProjectionOf<'injected'>> = { type: typeRule };

const rulesOfType: ReadonlyMap<unknown, OptionRule> = new Map<unknown, OptionRule>([
  ['enum', nested(enumRules)],
  ['integer', nested(integerRules)],
  ['date', nested(dateRules)],
  ['injected', nested(injectedRules)],
]);

/** What a key may be by its type; the values themselves have checks of their own, which name the key. */
const keyRule: OptionRule = {
  expected: 'the projection of a key',
  problem(value, path) {
    const isObject = typeof value === 'object' && value !== null;
    const type: unknown = isObject ? Reflect.get(value, 'type') : undefined;
    const rule = rulesOfType.get(type);
    if (rule !== undefined) return rule.problem(value, path);
    return isObject
      ? typeRule.problem(type, `${path}.type`)
      : satisfying('the projection of a key', () => false).problem(value, path);
  },
};

const projectionRules: OptionRules<PartitionProjection> = {
  keys: required(mapOf(keyRule)),
  locationTemplate: anyText,
};

/** How a {@link PartitionProjection} is checked. */
export const partitionProjectionRule: OptionRule = nested(projectionRules);

/** A partition key after its type has been read. */
export interface TypedKey {
  readonly name: string;
  readonly type: GlueType;
}

/** Table parameters that switch projection on, after every rule of Athena's has been checked. */
export function projectionParameters(
  projection: PartitionProjection,
  keys: readonly TypedKey[],
): Record<string, string> {
  const parameters: Record<string, string> = { 'projection.enabled': 'true' };
  for (const name of Object.keys(projection.keys)) {
    if (!keys.some((key) => key.name === name)) refuse(name, 'is projected but is no partition key');
  }
  for (const key of keys) {
    const rule = Object.hasOwn(projection.keys, key.name) ? projection.keys[key.name] : undefined;
    if (rule === undefined) refuse(key.name, 'has no projection; Athena wants one for every key');
    const prefix = `projection.${key.name}`;
    parameters[`${prefix}.type`] = rule.type;
    for (const [name, value] of Object.entries(settings(key, rule))) parameters[`${prefix}.${name}`] = value;
  }
  const template = projection.locationTemplate;
  if (template !== undefined) {
    checkTemplate(template, keys);
    parameters['storage.location.template'] = template;
  }
  return parameters;
}

function refuse(key: string, problem: string): never {
  throw new GlueSchemaError('INVALID_PARTITION', `Partition key "${key}" ${problem}`, { key });
}

const integerKinds: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint'];

function settings(key: TypedKey, rule: KeyProjection): Record<string, string> {
  switch (rule.type) {
    case 'enum':
      if (rule.values.length === 0) refuse(key.name, 'has an empty list of values');
      for (const value of rule.values) {
        if (value.includes(','))
          refuse(key.name, `has "${value}" among its values; Athena splits at the comma`);
      }
      return { values: rule.values.join(',') };
    case 'integer':
      return integerSettings(key, rule);
    case 'date':
      return dateSettings(key, rule);
    case 'injected':
      if (key.type.kind !== 'string') refuse(key.name, `is ${key.type.kind}; an injected key is a string`);
      return {};
  }
}

function integerSettings(
  key: TypedKey,
  rule: Extract<KeyProjection, { readonly type: 'integer' }>,
): Record<string, string> {
  const [first, last] = rule.range;
  if (!integerKinds.includes(key.type.kind) && key.type.kind !== 'string') {
    refuse(key.name, `is ${key.type.kind}; an integer projection wants an integer or a string`);
  }
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(last) || first > last) {
    refuse(key.name, `has the range ${first} to ${last}; expected two whole numbers, the smaller first`);
  }
  return {
    range: `${first},${last}`,
    ...intervalSetting(key, rule.interval),
    ...(rule.digits === undefined ? {} : { digits: positive(key, 'digits', rule.digits) }),
  };
}

function intervalSetting(key: TypedKey, interval: number | undefined): Record<string, string> {
  return interval === undefined ? {} : { interval: positive(key, 'interval', interval) };
}

function positive(key: TypedKey, name: string, value: number): string {
  if (Number.isSafeInteger(value) && value > 0) return String(value);
  return refuse(key.name, `has ${name} ${value}; expected a whole number from 1`);
}

const bound = /^NOW([+-][0-9]+(YEARS|MONTHS|WEEKS|DAYS|HOURS|MINUTES|SECONDS|MILLIS))?$/;

function dateSettings(
  key: TypedKey,
  rule: Extract<KeyProjection, { readonly type: 'date' }>,
): Record<string, string> {
  if (!['string', 'char', 'varchar', 'date', 'timestamp'].includes(key.type.kind)) {
    refuse(key.name, `is ${key.type.kind}; a date projection wants a string, a date or a timestamp`);
  }
  const pattern = rule.format.replace(/'[^']*'/g, '');
  if (!/[yu]/.test(pattern)) refuse(key.name, `has the date format "${rule.format}", which has no year`);
  for (const text of rule.range) {
    if (text.startsWith('NOW') ? !bound.test(text) : text === '' || text.includes(',')) {
      refuse(
        key.name,
        `has "${text}" in its range; expected a date as "${rule.format}" writes it, or NOW-3DAYS`,
      );
    }
  }
  // A format that stops at days or above steps by its own smallest unit; below that Athena wants to be told.
  if (/[HhKkmsSAnN]/.test(pattern) && (rule.interval === undefined || rule.intervalUnit === undefined)) {
    refuse(key.name, `has a date format finer than a day; say interval and intervalUnit too`);
  }
  if ((rule.interval === undefined) !== (rule.intervalUnit === undefined)) {
    refuse(key.name, 'has only one of interval and intervalUnit; say both or neither');
  }
  return {
    range: rule.range.join(','),
    format: rule.format,
    ...intervalSetting(key, rule.interval),
    ...(rule.intervalUnit === undefined ? {} : { 'interval.unit': rule.intervalUnit }),
  };
}

function checkTemplate(template: string, keys: readonly TypedKey[]): void {
  if (!template.startsWith('s3://') || !template.endsWith('/')) {
    throw new GlueSchemaError(
      'INVALID_PARTITION',
      `Expected a location template "s3://…/", got "${template}"`,
      { template },
    );
  }
  const named = new Set(Array.from(template.matchAll(/\$\{([^}]*)\}/g), (match) => match[1] ?? ''));
  for (const key of keys) {
    if (!named.has(key.name))
      refuse(key.name, `is not in the location template "${template}"; add \${${key.name}}`);
  }
  for (const name of named) {
    if (!keys.some((key) => key.name === name)) {
      refuse(name, `is in the location template "${template}" but is no partition key`);
    }
  }
}
