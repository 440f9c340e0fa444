import { MAX_TYPE_DEPTH, MAX_TYPE_LENGTH } from '../../glue-rules.js';
import type { Column } from '../../table-schema.js';
import type { ExportedType, ObjectView, TypeView } from '../type-view.js';
import { walkMembers } from './members.js';
import { sizeOf } from './measure.js';
import { mergeColumns } from './merge-types.js';
import { toJsonOf } from './object-value.js';
import { opened } from './open-types.js';
import {
  isMissing,
  memberStep,
  report,
  reportLength,
  type Site,
  state,
  unionMembers,
  type Walk,
} from './site.js';
import { decideAbout } from './unmappable.js';
import { decideConflict, forgetAbsent, inOrder, variantsOf } from './union-value.js';
import { resolveValue } from './value.js';

/** The columns of an exported type: of a record, or of every record of a union; null with a diagnostic. */
export function rootColumns(walk: Walk, exported: ExportedType): RootColumns | null {
  const name = walk.base;
  const own = walk.map.paths.get(name);
  const site: Site = {
    path: '',
    position: exported.position,
    doc: exported.doc,
    overrides: own === undefined ? [] : [own],
    resolveValue,
  };
  if (exported.openGeneric)
    return report(
      walk,
      site,
      'GENERIC_OPEN',
      `${name} has a type parameter without a default.`,
      `Export an alias that gives it (\`type My${name} = ${name}<…>\`), and emit that.`,
    );
  const members = rootMembers(exported);
  const records = members.flatMap((view) => recordOf(view));
  if (records.length === 0 || records.length < members.length) return reportNotARecord(walk, site, exported);
  const found = recordColumns(walk, site, records);
  const columns = found?.columns;
  if (columns?.length === 0)
    return report(walk, site, 'EMPTY_OBJECT', `${name} names no column.`, 'Give it at least one property.');
  if (columns?.every(({ partitionKey }) => partitionKey === true) === true)
    return report(
      walk,
      site,
      'PARTITION_KEYS_ONLY',
      `Every column of ${name} is a partition key, so its objects would hold none.`,
      'Leave at least one property without @partitionKey.',
    );
  return found;
}

/** The types whose properties are columns. */
export const rootMembers = ({ type }: ExportedType): readonly TypeView[] =>
  unionMembers(writtenType(type)).filter(({ shape }) => !isMissing(shape.kind));

/** The columns of a table, and those of each member where the type is a union. */
export interface RootColumns {
  readonly columns: readonly Column[];
  readonly variants: readonly (readonly Column[])[] | undefined;
}

interface RootRecord {
  readonly view: TypeView;
  readonly object: ObjectView;
}

/** A type whose properties are columns; nothing for every other. */
function recordOf(view: TypeView): readonly RootRecord[] {
  const { shape } = view;
  if (shape.kind !== 'object' && shape.kind !== 'intersection') return [];
  const { object } = shape;
  if (object.callable || (object.fromLibrary && object.properties().some(({ kind }) => kind === 'method')))
    return [];
  return [{ view, object }];
}

/** The columns of a record, or of every record of a union. */
function recordColumns(walk: Walk, site: Site, records: readonly RootRecord[]): RootColumns | null {
  const lists: (readonly Column[])[] = [];
  let whole = true;
  const views = inOrder(records.map(({ view }) => view));
  for (const view of views) {
    const { object } = records.find((record) => record.view === view) ?? { object: undefined };
    if (object === undefined) continue;
    const isOpen = object.indexes().some(({ key }) => key.shape.kind !== 'symbol');
    if (isOpen) noteOpenPart(walk, site, object);
    if (isOpen && object.properties().length === 0) return null;
    const columns = opened(walk, view, object, site, () => walkMembers(walk, object, site, 'table'));
    if (columns === null) whole = false;
    else lists.push(columns);
  }
  const [first] = lists;
  if (!whole || first === undefined) return null;
  if (lists.length === 1) return { columns: first, variants: undefined };
  state(walk, site);
  const merged = mergeColumns(lists, '', (path) => decideConflict(walk, views, site, path));
  const columns = merged === null ? null : fittingColumns(walk, site, merged);
  if (columns === null) return null;
  forgetAbsent(walk, site, columns);
  return { columns, variants: variantsOf(walk, site, columns, lists) };
}

/** Fields of all members can be more than a column holds, where those of each were not. */
function fittingColumns(walk: Walk, site: Site, merged: readonly Column[]): readonly Column[] | null {
  const columns: Column[] = [];
  let whole = true;
  for (const column of merged) {
    const { depth, length } = sizeOf(column.type);
    const place = { ...site, path: memberStep(column.jsonKey ?? column.name) };
    const type =
      depth <= MAX_TYPE_DEPTH && length <= MAX_TYPE_LENGTH
        ? column.type
        : decideAbout(walk, place, () => reportLength(walk, place));
    if (type === null) whole = false;
    else if (type !== 'omitted') columns.push({ ...column, type });
  }
  return whole ? columns : null;
}

function noteOpenPart(walk: Walk, site: Site, object: ObjectView): void {
  const isWhole = object.properties().length === 0;
  report(
    walk,
    site,
    'INDEX_AND_PROPERTIES',
    isWhole
      ? `${walk.base} has an index signature, and a table has no place for unnamed keys.`
      : `${walk.base} has an index signature: the named properties are columns, and Firehose drops other keys.`,
    isWhole
      ? 'Name the columns, and move the open part into a property of its own: `extra: Record<string, …>`.'
      : 'Leave it, or move the open part into a property of its own: `extra: Record<string, …>`.',
    { severity: isWhole ? 'error' : 'info' },
  );
}

/** What JSON.stringify writes of a value of the type: what its `toJSON` gives, where it has one. */
function writtenType(type: TypeView): TypeView {
  const { shape } = type;
  if (shape.kind !== 'object' || shape.object.fromLibrary) return type;
  return toJsonOf(shape.object)?.returnType() ?? type;
}

function reportNotARecord(walk: Walk, site: Site, exported: ExportedType): null {
  return report(
    walk,
    site,
    'NOT_A_RECORD',
    `${exported.type.text} is not an object type, so it has no columns.`,
    'Emit an interface, a class or an object type.',
  );
}
