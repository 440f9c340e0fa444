import { nearestNames } from '@store/foundation';
import type { Column, MappingDecision, TableSchema } from '../table-schema.js';
import type { EmitSchemaResult, SchemaDiagnostic } from './diagnostic.js';
import type { CommittedColumns } from './committed-columns.js';
import type { MapRules } from './schema-map.js';
import type { ExportedType, TypeProgram } from './type-view.js';
import { checkSize } from './walk/check-column.js';
import { fixOf } from './walk/finding-text.js';
import { type Finding, Frame } from './walk/frame.js';
import { documented } from './walk/members.js';
import type { NameStyle, Walk } from './walk/site.js';
import { rootColumns, rootMembers } from './walk/root-columns.js';
import { closeCircle } from './walk/struct-value.js';

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
  readonly map: MapRules;
  /** Takes what the mapping's `unmappable` decided. */
  readonly onDecided?: (finding: Finding) => void;
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
  const { name, names, previous, map } = options;
  const files = new Set([exported.position.file]);
  const walk: Walk = {
    names,
    map,
    files,
    frame: new Frame(),
    base: name,
    open: [],
    walked: new Map(),
    provisional: [],
    circles: new Map(),
    visits: 0,
  };
  let root = rootColumns(walk, exported);
  if (
    closeCircle(
      walk,
      rootMembers(exported).map(({ id }) => id),
      0,
    )
  ) {
    walk.frame = new Frame();
    root = rootColumns(walk, exported);
  }
  const { frame } = walk;
  const found = [...frame.findings.values()];
  for (const finding of found)
    if (finding.decided !== undefined && finding.byRule === undefined) options.onDecided?.(finding);
  const errors = program === undefined ? [] : fileErrors(program, files);
  const diagnostics = [...errors, ...byCause(found, name)];
  const failed = { schema: undefined, stated: [] };
  if (root === null || diagnostics.some(({ severity }) => severity === 'error'))
    return { ...failed, diagnostics };
  const decisions = decisionsOf(found, name);
  const schema: TableSchema = {
    name,
    ...documented(exported.doc.text),
    columns: committedOrder(root.columns, previous),
    ...(root.variants === undefined ? {} : { variants: root.variants }),
    ...(decisions.length === 0 ? {} : { decisions }),
  };
  const tooLarge = checkSize(schema, exported.position);
  if (tooLarge.length > 0) return { ...failed, diagnostics: [...diagnostics, ...tooLarge] };
  return { schema, diagnostics, stated: [...new Set(frame.statedPaths(name))].sort() };
}

/** What nobody decided about: one diagnostic for each cause, at the first place that has it. */
function byCause(found: readonly Finding[], name: string): readonly SchemaDiagnostic[] {
  const causes = new Map<string, Finding>();
  for (const finding of found) {
    if (finding.decided !== undefined) continue;
    const known = causes.get(finding.group);
    causes.set(
      finding.group,
      known === undefined ? finding : { ...known, paths: known.paths + finding.paths },
    );
  }
  return [...causes.values()].map((finding) => ({
    ...finding.diagnostic,
    path: name + finding.path,
    fix: fixOf(finding, name),
    ...(finding.paths === 1 ? {} : { paths: finding.paths }),
  }));
}

function decisionsOf(found: readonly Finding[], name: string): readonly MappingDecision[] {
  return found.flatMap(({ decided, path, paths }) =>
    decided === undefined ? [] : [{ path: name + path, as: decided, ...(paths === 1 ? {} : { paths }) }],
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
