import { nearestNames } from '@store/foundation';
import type { Column, TableSchema } from '../table-schema.js';
import type { EmitSchemaResult, SchemaDiagnostic } from './diagnostic.js';
import type { CommittedColumns } from './committed-columns.js';
import type { ExportedType, TypeProgram, TypeView } from './type-view.js';
import { checkSize } from './walk/check-column.js';
import { documented, walkMembers } from './walk/members.js';
import { report, type NameStyle, type Site, type Walk } from './walk/site.js';
import { resolveValue } from './walk/value.js';

/** One type of a program, to be walked. */
export interface WalkTypeOptions extends SchemaOfOptions {
  readonly entry: string;
}

/** What a manifest is made with. */
export interface SchemaOfOptions {
  /** Name of the type. */
  readonly name: string;
  readonly names: NameStyle;
  readonly previous: CommittedColumns | undefined;
}

/** Walks one exported type of a program from its root. */
export function walkType(program: TypeProgram, options: WalkTypeOptions): EmitSchemaResult {
  const { entry, name } = options;
  const exported = program.exportedType(entry, name);
  if (exported !== undefined) return schemaOf(exported, options, program);
  const errors = fileErrors(program, new Set([entry]));
  return { schema: undefined, diagnostics: [...errors, missing(program, entry, name)], stated: [] };
}

/** The manifest of a type; with the program's own errors, where a program is behind it. */
export function schemaOf(
  exported: ExportedType,
  options: SchemaOfOptions,
  program?: TypeProgram,
): EmitSchemaResult {
  const { name, names, previous } = options;
  const files = new Set([exported.position.file]);
  const walk: Walk = { names, diagnostics: [], files, stated: new Set() };
  const columns = rootColumns(walk, exported, name);
  const errors = program === undefined ? [] : fileErrors(program, walk.files);
  const diagnostics = [...errors, ...walk.diagnostics];
  if (columns === null || diagnostics.some(({ severity }) => severity === 'error'))
    return { schema: undefined, diagnostics, stated: [] };
  const schema: TableSchema = {
    name,
    ...documented(exported.doc.text),
    columns: committedOrder(columns, previous),
  };
  const tooLarge = checkSize(schema, exported.position);
  if (tooLarge.length > 0)
    return { schema: undefined, diagnostics: [...diagnostics, ...tooLarge], stated: [] };
  return { schema, diagnostics, stated: [...walk.stated].sort() };
}

function rootColumns(walk: Walk, exported: ExportedType, name: string): readonly Column[] | null {
  const site: Site = {
    path: name,
    position: exported.position,
    doc: exported.doc,
    depth: 0,
    open: new Map(),
    resolveValue,
  };
  const { shape } = writtenType(exported.type);
  if (exported.openGeneric)
    return report(
      walk,
      site,
      'GENERIC_OPEN',
      `${name} has a type parameter without a default.`,
      `Export an alias that gives it (\`type My${name} = ${name}<…>\`), and emit that.`,
    );
  if (shape.kind !== 'object' && shape.kind !== 'intersection') return reportNotARecord(walk, site, exported);
  const { object } = shape;
  if (object.callable || (object.fromLibrary && object.properties().some(({ kind }) => kind === 'method')))
    return reportNotARecord(walk, site, exported);
  if (object.indexes().some(({ key }) => key.shape.kind !== 'symbol'))
    return report(
      walk,
      site,
      'INDEX_AND_PROPERTIES',
      `${name} has an index signature, and a table has no place for unnamed keys.`,
      'Name the columns, and move the open part into a property of its own: `extra: Record<string, …>`.',
    );
  const columns = walkMembers(walk, object, { ...site, open: new Map([[exported.type.id, name]]) }, 'table');
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
  return columns;
}

/** What JSON.stringify writes of a value of the type: what its `toJSON` gives, where it has one. */
function writtenType(type: TypeView): TypeView {
  const { shape } = type;
  if (shape.kind !== 'object' || shape.object.fromLibrary) return type;
  const toJson = shape.object.properties().find(({ name, kind }) => name === 'toJSON' && kind !== 'accessor');
  return toJson?.returnType() ?? type;
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

function missing(program: TypeProgram, entry: string, name: string): SchemaDiagnostic {
  const names = program.exportedNames(entry);
  const nearest = nearestNames(name, names, 3);
  return {
    code: 'TYPE_NOT_FOUND',
    severity: 'error',
    file: entry,
    line: 1,
    column: 1,
    path: '',
    message: names.length === 0 ? 'The file exports no type.' : `The file exports no type ${name}.`,
    fix:
      nearest.length === 0
        ? `Export it: \`export interface ${name} { … }\`.`
        : `Did you mean ${nearest.join(', ')}?`,
  };
}

function fileErrors(program: TypeProgram, files: ReadonlySet<string>): readonly SchemaDiagnostic[] {
  return [...files]
    .filter((file) => !/\.d\.[cm]?ts$/u.test(file))
    .flatMap((file) =>
      program
        .messages(file)
        .filter(({ code }) => !aboutOutput.has(code))
        .map(({ code, message, position }): SchemaDiagnostic => ({
          code: `TS${code}`,
          severity: 'error',
          file: position?.file ?? file,
          line: position?.line ?? 1,
          column: position?.column ?? 1,
          path: '',
          message,
          fix: 'Settle this error first: a column read from a file with errors would be a guess.',
        })),
    );
}

/**
 * What says only where JavaScript would go, and none is written: a file outside `rootDir` (6059), or of a referenced
 * project (6307).
 */
const aboutOutput: ReadonlySet<number> = new Set([6059, 6307]);

/** The committed order, then what is new; a renamed column keeps its place. */
function committedOrder(
  columns: readonly Column[],
  previous: CommittedColumns | undefined,
): readonly Column[] {
  if (previous === undefined) return columns;
  const place = new Map(previous.columns.map((column, index) => [keyOf(column), index]));
  const last = previous.columns.length;
  const placeOf = (column: Column): number =>
    place.get(keyOf(column)) ?? place.get(column.renamedFrom ?? '') ?? last;
  return columns.toSorted((a, b) => placeOf(a) - placeOf(b));
}

const keyOf = ({ name, jsonKey }: Pick<Column, 'name' | 'jsonKey'>): string => jsonKey ?? name;
