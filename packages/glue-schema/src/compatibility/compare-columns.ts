import type { ChangeImpact, CompareContext, TableChange } from './change.js';
import { compareTypes } from './compare-types.js';
import type { ShapeColumn } from './table-shape.js';

/** What differs between two lists of columns, or of struct fields. */
export function compareColumns(
  from: readonly ShapeColumn[],
  to: readonly ShapeColumn[],
  prefix: string,
  context: CompareContext,
): readonly TableChange[] {
  const before = new Map(from.map((column) => [column.name, column]));
  const after = new Map(to.map((column) => [column.name, column]));
  const removed = from.filter((column) => !after.has(column.name));
  const added = to.filter((column) => !before.has(column.name));
  const renames = findRenames(removed, added, prefix, context);
  const changes: TableChange[] = [];
  for (const column of to) {
    const old = before.get(column.name);
    if (old !== undefined) changes.push(...compareColumn(old, column, prefix, context));
  }
  for (const [name, old] of renames) changes.push(renamed(`${prefix}${old}`, `${prefix}${name}`, context));
  const last = Math.max(-1, ...to.map((column, index) => (before.has(column.name) ? index : -1)));
  for (const column of added) {
    if (!renames.has(column.name)) {
      changes.push(addition(column, prefix, to.indexOf(column) < last, context));
    }
  }
  const gone = new Set(renames.values());
  for (const column of removed) if (!gone.has(column.name)) changes.push(removal(column, prefix, context));
  const order = from.filter((column) => after.has(column.name)).map((column) => column.name);
  const newOrder = to.filter((column) => before.has(column.name)).map((column) => column.name);
  const moved = order.find((name, index) => name !== newOrder[index]);
  if (moved !== undefined) changes.push(reordered(`${prefix}${moved}`, context));
  return changes;
}

function compareColumn(
  from: ShapeColumn,
  to: ShapeColumn,
  prefix: string,
  context: CompareContext,
): readonly TableChange[] {
  const path = `${prefix}${to.name}`;
  const changes = [...compareTypes(from.type, to.type, path, context)];
  if (!context.nested && (from.comment ?? '') !== (to.comment ?? '')) {
    changes.push({
      kind: 'COMMENT',
      path,
      impact: 'NONE',
      forward: true,
      message: `\`${path}\` has another comment`,
    });
  }
  if (from.required !== undefined && to.required !== undefined && from.required !== to.required) {
    const iceberg = context.format === 'iceberg';
    changes.push(
      to.required
        ? {
            kind: 'REQUIRED',
            path,
            impact: iceberg ? 'BREAKING' : 'NONE',
            forward: true,
            message: `\`${path}\` is required now; ${iceberg ? 'Iceberg refuses that' : 'only the validator asks for it'}`,
          }
        : {
            kind: 'OPTIONAL',
            path,
            impact: iceberg ? 'BACKWARD' : 'NONE',
            forward: !iceberg,
            message: `\`${path}\` may be absent or null now`,
          },
    );
  }
  return changes;
}

function addition(
  column: ShapeColumn,
  prefix: string,
  inside: boolean,
  context: CompareContext,
): TableChange {
  const path = `${prefix}${column.name}`;
  const required = column.required === true;
  const base = { kind: 'ADDED', path, forward: true } as const;
  if (inside && context.columnsBy === 'index' && !context.nested) {
    return {
      ...base,
      forward: false,
      impact: 'BREAKING',
      message: `\`${path}\` is new, but not last, and readers go by position; put it last`,
    };
  }
  if (context.format === 'iceberg' && required) {
    return {
      ...base,
      impact: 'BREAKING',
      message: `\`${path}\` is new and required; make it optional, or give Iceberg an initial default`,
    };
  }
  if (context.nested && context.format !== 'iceberg') return newField(path, inside, context);
  if (inside && context.format === 'hive-json') {
    return {
      ...base,
      impact: 'CONDITIONAL',
      message: `\`${path}\` is new, but not last; registered partitions compare by position, so put it last`,
      assumes: 'no partition is registered',
    };
  }
  const note = required ? '; it is required, yet rows written before have null' : '';
  return { ...base, impact: 'BACKWARD', message: `\`${path}\` is new${note}` };
}

/**
 * A new field of a struct. Athena refuses a registered partition whose struct is not the first fields of the table's:
 * HIVE_PARTITION_SCHEMA_MISMATCH for a field in the middle, none at the end (hudi issue 9071, read 2026-11).
 */
function newField(path: string, inside: boolean, context: CompareContext): TableChange {
  const base = { kind: 'ADDED', path, forward: true } as const;
  if (inside && context.registeredPartitions) {
    return {
      ...base,
      impact: 'BREAKING',
      message: `\`${path}\` is new in the middle of a struct, and Athena refuses registered partitions without it (HIVE_PARTITION_SCHEMA_MISMATCH); put it at the end, or cascade the change to the partitions`,
    };
  }
  return {
    ...base,
    impact: 'CONDITIONAL',
    message: `\`${path}\` is new ${inside ? 'in the middle' : 'at the end'} of a struct; old files are read where readers find its fields by name`,
    assumes: 'your readers find the fields of a struct by name, and take an absent one for null',
  };
}

function removal(column: ShapeColumn, prefix: string, context: CompareContext): TableChange {
  const path = `${prefix}${column.name}`;
  const positional = context.columnsBy === 'index' && !context.nested;
  return {
    kind: 'REMOVED',
    path,
    impact: positional ? 'BREAKING' : 'DESTRUCTIVE',
    forward: !positional && column.required !== true,
    message: `\`${path}\` is gone: stored values are hidden, and producers' values dropped; stop writing it first`,
  };
}

function renamed(from: string, to: string, context: CompareContext): TableChange {
  const iceberg = context.format === 'iceberg';
  const impact: ChangeImpact = iceberg || context.columnsBy === 'index' ? 'BACKWARD' : 'BREAKING';
  return {
    kind: 'RENAMED',
    path: to,
    impact,
    forward: iceberg,
    message:
      impact === 'BACKWARD'
        ? `\`${from}\` is named \`${to}\` now`
        : `\`${from}\` is named \`${to}\` now, and old data is found by name; keep the column, and map its JSON key`,
  };
}

function reordered(path: string, context: CompareContext): TableChange {
  const inPartitions = context.nested && context.registeredPartitions;
  const positional =
    context.format !== 'iceberg' && (inPartitions || (context.columnsBy === 'index' && !context.nested));
  const impact: ChangeImpact = positional
    ? 'BREAKING'
    : context.format === 'hive-json'
      ? 'CONDITIONAL'
      : 'NONE';
  return {
    kind: 'REORDERED',
    path,
    impact,
    forward: !positional,
    message: `\`${path}\` stands elsewhere${impact === 'CONDITIONAL' || inPartitions ? '; registered partitions compare by position' : ''}`,
    ...(impact === 'CONDITIONAL' ? { assumes: 'no partition is registered' } : {}),
  };
}

/** A column that went and one that came are one renamed column when people say so, or type and comment agree. */
function findRenames(
  removed: readonly ShapeColumn[],
  added: readonly ShapeColumn[],
  prefix: string,
  context: CompareContext,
): ReadonlyMap<string, string> {
  const renames = new Map<string, string>();
  for (const column of added) {
    const said = prefix === '' ? context.renames.get(column.name) : undefined;
    const twins = removed.filter(
      (old) =>
        old.comment !== undefined &&
        old.comment === column.comment &&
        compareTypes(old.type, column.type, '', context).length === 0,
    );
    const old = removed.find((one) => one.name === said) ?? (twins.length === 1 ? twins[0] : undefined);
    if (old !== undefined && ![...renames.values()].includes(old.name)) renames.set(column.name, old.name);
  }
  return renames;
}
