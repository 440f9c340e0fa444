import { formatGlueType } from '../format-glue-type.js';
import type { GlueType } from '../glue-type.js';
import type { ChangeImpact, CompareContext, StorageKind, TableChange } from './change.js';
import type { ShapeType } from './table-shape.js';

/** What differs between two types of the same column, field, item or value. */
export function compareTypes(
  from: ShapeType,
  to: ShapeType,
  path: string,
  context: CompareContext,
): readonly TableChange[] {
  if (from.kind === 'struct' && to.kind === 'struct') {
    return context.compareColumns(from.fields, to.fields, `${path}.`, { ...context, nested: true });
  }
  if (from.kind === 'array' && to.kind === 'array') {
    return compareTypes(from.item, to.item, `${path}[]`, { ...context, nested: true });
  }
  if (from.kind === 'map' && to.kind === 'map' && text(from.key) === text(to.key)) {
    return compareTypes(from.item, to.item, `${path}{}`, { ...context, nested: true });
  }
  if (from.kind === 'opaque' || to.kind === 'opaque') {
    if (from.kind === 'opaque' && to.kind === 'opaque' && from.text === to.text) return [];
    return [foreignType(path, shown(from), shown(to))];
  }
  if (from.kind !== 'scalar' || to.kind !== 'scalar') {
    return [typeChanged(path, shown(from), shown(to))];
  }
  return compareScalars(from, to, path, context);
}

type Scalar = Extract<ShapeType, { readonly kind: 'scalar' }>;

function compareScalars(from: Scalar, to: Scalar, path: string, context: CompareContext): TableChange[] {
  const [before, after] = [text(from.type), text(to.type)];
  if (before !== after) {
    const impact = widening(from.type, to.type, context);
    if (impact === undefined) return [typeChanged(path, before, after)];
    return [
      {
        kind: 'WIDENED',
        path,
        impact,
        forward: false,
        message: `\`${path}\` becomes ${after}, was ${before}${wideningNote(impact, context.format)}`,
        ...(impact === 'CONDITIONAL' ? { assumes: `your readers take files of ${before} as ${after}` } : {}),
      },
    ];
  }
  const changes: TableChange[] = [];
  if (from.wire !== undefined && to.wire !== undefined && from.wire !== to.wire) {
    const impact: ChangeImpact = context.format === 'iceberg' ? 'BREAKING' : 'WIRE';
    changes.push({
      kind: 'WIRE_CHANGED',
      path,
      impact,
      forward: impact === 'WIRE',
      message: `\`${path}\` travels as ${to.wire}, was ${from.wire}; OpenX reads both, Hive's SerDe does not`,
      ...(impact === 'WIRE' ? { assumes: 'the SerDe reads both wire forms, as OpenX does' } : {}),
    });
  }
  if (from.values !== undefined && from.values !== to.values) {
    changes.push({
      kind: 'VALUES_CHANGED',
      path,
      impact: 'NONE',
      forward: true,
      message: `\`${path}\` takes ${to.values ?? 'any value'}, was ${from.values}; validators must be deployed`,
    });
  }
  return changes;
}

const text = (type: GlueType): string => formatGlueType(type);

/** A type as Glue writes it. */
function shown(type: ShapeType): string {
  switch (type.kind) {
    case 'scalar':
      return text(type.type);
    case 'array':
      return `array<${shown(type.item)}>`;
    case 'map':
      return `map<${text(type.key)},${shown(type.item)}>`;
    case 'struct':
      return `struct<${type.fields.map((field) => `${field.name}:${shown(field.type)}`).join(',')}>`;
    case 'opaque':
      return type.text;
  }
}

function foreignType(path: string, before: string, after: string): TableChange {
  return {
    kind: 'TYPE_CHANGED',
    path,
    impact: 'BREAKING',
    forward: false,
    message: `\`${path}\` becomes ${after}, was ${before}, which is no type of Athena and Firehose; name the column otherwise, or let its owner change the type`,
  };
}

function typeChanged(path: string, before: string, after: string): TableChange {
  return {
    kind: 'TYPE_CHANGED',
    path,
    impact: 'BREAKING',
    forward: false,
    message: `\`${path}\` becomes ${after}, was ${before}, which no reader bridges; add a column beside it`,
  };
}

const integers: readonly string[] = ['tinyint', 'smallint', 'int', 'bigint'];

/** The impact of a change that only makes room, or `undefined` where the change does more than that. */
function widening(from: GlueType, to: GlueType, context: CompareContext): ChangeImpact | undefined {
  const { format } = context;
  if (from.kind === 'decimal' && to.kind === 'decimal') {
    if (to.scale !== from.scale || to.precision < from.precision) return undefined;
    // Not in Athena's list for Parquet; JSON text has no width; Iceberg promotes.
    return format === 'iceberg' ? 'BACKWARD' : format === 'hive-json' ? 'CONDITIONAL' : 'BREAKING';
  }
  if (from.kind === 'varchar' || from.kind === 'char' || from.kind === 'string') {
    return textWidening(from, to, format);
  }
  const [a, b] = [integers.indexOf(from.kind), integers.indexOf(to.kind)];
  const wider = (a >= 0 && b > a) || (from.kind === 'float' && to.kind === 'double');
  if (!wider) return undefined;
  if (format === 'iceberg') {
    const exists = from.kind !== 'tinyint' && from.kind !== 'smallint';
    return exists || to.kind === 'int' ? 'BACKWARD' : 'BREAKING';
  }
  return format === 'hive-json' && !context.nested ? 'BACKWARD' : 'CONDITIONAL';
}

function textWidening(from: GlueType, to: GlueType, format: StorageKind): ChangeImpact | undefined {
  if (from.kind === 'string') return undefined;
  if (to.kind === 'string') return format === 'iceberg' ? 'NONE' : 'CONDITIONAL';
  const same = from.kind === to.kind && 'length' in from && 'length' in to && to.length > from.length;
  return same ? 'CONDITIONAL' : undefined;
}

function wideningNote(impact: ChangeImpact, format: StorageKind): string {
  if (impact === 'CONDITIONAL' && format === 'hive-parquet') {
    return '; Athena reads old files so on partitioned tables only, and nested ones perhaps not';
  }
  if (impact === 'CONDITIONAL') return '; Athena is not known to read nested types so';
  return impact === 'BREAKING' ? '; Athena does not read old Parquet files so' : '';
}
