import { MAX_TYPE_DEPTH } from '../../glue-rules.js';
import type { ColumnType } from '../../table-schema.js';
import type { SchemaDiagnostic, SchemaDiagnosticCode } from '../diagnostic.js';
import type { DocComment, SourcePosition, TypeView } from '../type-view.js';

/** A place inside the walked type. */
export interface Site {
  /** `Order.items[].price`. */
  readonly path: string;
  /** The nearest declaration above, which is where a person must edit. */
  readonly position: SourcePosition;
  readonly doc: DocComment;
  /** Levels of nesting below the root. */
  readonly depth: number;
  /** Ids of the object types being walked, with their paths: what makes a type recursive. */
  readonly open: ReadonlyMap<number, string>;
  /** Resolves a type at a place further in: types nest, so that what walks one part comes back to the whole. */
  readonly resolveValue: (walk: Walk, view: TypeView, site: Site) => Resolved | null;
}

/** How property names become column names. */
export type NameStyle = 'lower' | 'snake';

/** What one walk gathers. */
export interface Walk {
  readonly names: NameStyle;
  readonly diagnostics: SchemaDiagnostic[];
  /** Source files in which members were declared. */
  readonly files: Set<string>;
  /** Paths whose column a JSDoc tag or a `toJSON` states: beyond what `ColumnsOf` can prove. */
  readonly stated: Set<string>;
}

/** What a type resolves to, with the two ways in which a value can be missing. */
export interface Resolved {
  readonly type: ColumnType;
  readonly nullable: boolean;
  readonly optional: boolean;
}

/** The site's JSDoc block tag of this name, as its text. */
export const tagText = (site: Site, tag: string): string | undefined =>
  site.doc.tags.find(({ name }) => name === tag)?.text;

/** How a path goes on into a property. */
export const memberStep = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** Adds a diagnostic at a site; gives null, which is what every walker returns where there is no column. */
export function report(
  walk: Walk,
  site: Site,
  code: SchemaDiagnosticCode,
  message: string,
  fix: string,
  severity: SchemaDiagnostic['severity'] = 'error',
): null {
  const { file, line, column } = site.position;
  walk.diagnostics.push({ code, severity, file, line, column, path: site.path, message, fix });
  return null;
}

/** Notes that the property at this site has a column that types alone cannot prove. */
export const state = (walk: Walk, site: Site): unknown =>
  walk.stated.add(site.path.replace(/(?:\[\]|\{\})+$/u, ''));

/** The same place one step further in. */
export const within = (site: Site, step: string): Site => ({
  ...site,
  path: site.path + step,
  depth: site.depth + 1,
});

/** Nesting deeper than any reader takes. */
export function reportDepth(walk: Walk, site: Site): null {
  return report(
    walk,
    site,
    'DEPTH',
    `The type nests deeper than ${MAX_TYPE_DEPTH} levels.`,
    'Flatten it, or keep the deep part as text with Json<…>.',
  );
}

/** The members of a union, or the type itself. */
export function unionMembers(view: TypeView): readonly TypeView[] {
  if (view.shape.kind !== 'union') return [view];
  return view.shape.members.flatMap(unionMembers);
}

/** True for null and undefined. */
export const isMissing = (kind: string): boolean => kind === 'null' || kind === 'undefined';
