import { GlueSchemaError } from '../../errors.js';
import type { GlueType } from '../../glue-type.js';
import { parseGlueType } from '../../parse-glue-type.js';
import type { Column, ColumnType, TimestampWire } from '../../table-schema.js';
import type { TypeView } from '../type-view.js';
import type { MapRule } from '../schema-map.js';
import {
  isMissing,
  report,
  type Resolved,
  type Site,
  state,
  tagText,
  unionMembers,
  type Walk,
} from './site.js';

/**
 * The column that JSDoc states for a property whose type cannot be edited: `@glueType decimal(10,2)`,
 * `@glueType json`, `@wire epoch_ms`. Null where there is no such tag.
 */
export function statedValue(walk: Walk, view: TypeView, site: Site): Resolved | 'failed' | null {
  const glueType = tagText(site, 'glueType');
  const wire = tagText(site, 'wire');
  if (glueType === undefined && wire === undefined) return null;
  state(walk, site);
  const members = unionMembers(view);
  const present = members.filter(({ shape }) => !isMissing(shape.kind));
  const base = baseOf(present);
  const type =
    glueType === undefined
      ? wireOnly(walk, view, site, base, wire ?? '')
      : fromGlueType(walk, site, base, glueType, wire);
  if (type === null) return 'failed';
  return {
    type,
    nullable: members.some(({ shape }) => shape.kind === 'null'),
    optional: members.some(({ shape }) => shape.kind === 'undefined'),
  };
}

/** What a value is in JavaScript, as far as a stated type must agree with it. */
type Base = 'bigint' | 'boolean' | 'bytes' | 'date' | 'number' | 'open' | 'other' | 'string';

/** The column that a mapping states for a place. */
export function glueValue(
  walk: Walk,
  view: TypeView,
  site: Site,
  { key, value }: MapRule,
): ColumnType | null {
  const present = unionMembers(view).filter(({ shape }) => !isMissing(shape.kind));
  const bases = new Set(present.map(singleBase));
  const isText = [...bases].every((base) => base === 'string' || base === 'date' || base === 'bigint');
  if (isText && bases.size > 1 && value === 'string') return { kind: 'string' };
  const origin = { says: `The override ${JSON.stringify(key)} says ${value}, which`, where: 'in the map' };
  return fromGlueType(walk, site, baseOf(present), value, undefined, origin);
}

/** Who states a type, for messages. */
interface Origin {
  readonly says: string;
  readonly where: string;
}

function baseOf(present: readonly TypeView[]): Base {
  const bases = new Set(present.map(singleBase));
  const [first] = bases;
  return bases.size === 1 && first !== undefined ? first : 'other';
}

function singleBase({ shape }: TypeView): Base {
  switch (shape.kind) {
    case 'string':
    case 'template':
    case 'string-literal':
      return 'string';
    case 'number':
    case 'number-literal':
      return 'number';
    case 'bigint':
    case 'bigint-literal':
      return 'bigint';
    case 'boolean':
    case 'boolean-literal':
      return 'boolean';
    case 'any':
    case 'unknown':
    case 'non-primitive':
      return 'open';
    case 'intersection':
      return shape.members.map(singleBase).find((base) => base !== 'other') ?? 'other';
    case 'object': {
      const { name = '', fromLibrary } = shape.object;
      if (fromLibrary && name === 'Date') return 'date';
      return name === 'Buffer' || name === 'Uint8Array' ? 'bytes' : 'other';
    }
    default:
      return 'other';
  }
}

/** Bases that each kind of column can be written from; `open` types are taken at the tag's word. */
const basesOf: Readonly<Record<string, readonly Base[]>> = {
  boolean: ['boolean'],
  tinyint: ['number'],
  smallint: ['number'],
  int: ['number'],
  bigint: ['number', 'bigint'],
  float: ['number'],
  double: ['number'],
  decimal: ['number', 'string'],
  string: ['string'],
  char: ['string'],
  varchar: ['string'],
  date: ['string'],
  timestamp: ['string', 'number', 'date'],
  binary: ['string', 'bytes'],
  array: [],
  map: [],
  struct: [],
};

function fromGlueType(
  walk: Walk,
  site: Site,
  base: Base,
  text: string,
  wire: string | undefined,
  { says, where }: Origin = { says: `@glueType ${text}`, where: 'after @glueType' },
): ColumnType | null {
  if (text === 'json') return { kind: 'string', json: true };
  const type = parsed(text);
  if (typeof type === 'string')
    return report(walk, site, 'TAG_INVALID', `${type}.`, `Correct the type ${where}.`);
  if (base !== 'open' && basesOf[type.kind]?.includes(base) !== true)
    return report(
      walk,
      site,
      'TAG_CONFLICT',
      `${says} does not hold what the TypeScript type has.`,
      where === 'in the map'
        ? 'Write a Glue type of the same kind of value, or json.'
        : 'State a Glue type of the same kind of value, or `@glueType json` to keep it as JSON text.',
    );
  return columnType(walk, site, base, type, wire);
}

function parsed(text: string): GlueType | string {
  try {
    return parseGlueType(text);
  } catch (error) {
    if (error instanceof GlueSchemaError) return error.message;
    throw error;
  }
}

function columnType(
  walk: Walk,
  site: Site,
  base: Base,
  type: GlueType,
  wire: string | undefined,
): ColumnType | null {
  switch (type.kind) {
    case 'bigint':
      return { kind: 'bigint', wire: base === 'bigint' || wire === 'string' ? 'string' : 'number' };
    case 'timestamp': {
      const form = wire === undefined ? defaultWire(base) : timestampWires.get(wire);
      return form === undefined ? reportWire(walk, site, wire) : { kind: 'timestamp', wire: form };
    }
    case 'array': {
      const element = columnType(walk, site, 'open', type.element, wire);
      return element === null ? null : { kind: 'array', element };
    }
    case 'map': {
      const key = columnType(walk, site, 'open', type.key, wire);
      const value = columnType(walk, site, 'open', type.value, wire);
      return key === null || value === null ? null : { kind: 'map', key, value };
    }
    case 'struct': {
      const fields: Column[] = [];
      for (const field of type.fields) {
        const inner = columnType(walk, site, 'open', field.type, wire);
        if (inner === null) return null;
        fields.push({ name: field.name.toLowerCase(), type: inner, optional: true, nullable: true });
      }
      return { kind: 'struct', fields };
    }
    case 'decimal':
    case 'char':
    case 'varchar':
      return type;
    default:
      return { kind: type.kind };
  }
}

const timestampWires: ReadonlyMap<string, TimestampWire> = new Map<string, TimestampWire>([
  ['iso', 'iso'],
  ['epoch_s', 'epoch-seconds'],
  ['epoch-seconds', 'epoch-seconds'],
  ['epoch_ms', 'epoch-millis'],
  ['epoch-millis', 'epoch-millis'],
]);

// A bare number does not say whether it counts seconds or milliseconds.
const defaultWire = (base: Base): TimestampWire | undefined => (base === 'number' ? undefined : 'iso');

function reportWire(walk: Walk, site: Site, wire: string | undefined): null {
  return report(
    walk,
    site,
    'TAG_INVALID',
    wire === undefined
      ? 'A number alone does not say how it counts the time.'
      : `${JSON.stringify(wire)} is not a wire form.`,
    'Write @wire iso, @wire epoch_s or @wire epoch_ms.',
  );
}

function wireOnly(walk: Walk, view: TypeView, site: Site, base: Base, wire: string): ColumnType | null {
  const form = timestampWires.get(wire);
  if (form !== undefined && base === (form === 'iso' ? 'string' : 'number'))
    return { kind: 'timestamp', wire: form };
  const value = site.resolveValue(walk, view, site);
  const resolved = value === 'omitted' ? null : (value?.type ?? null);
  if (resolved?.kind === 'timestamp' && form !== undefined) return { ...resolved, wire: form };
  if (resolved?.kind === 'bigint' && (wire === 'string' || wire === 'number')) return { ...resolved, wire };
  return resolved === null ? null : reportWire(walk, site, wire);
}
