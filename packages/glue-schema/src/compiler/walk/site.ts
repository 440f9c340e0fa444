import { MAX_TYPE_DEPTH, MAX_TYPE_LENGTH } from '../../glue-rules.js';
import type { ColumnType } from '../../table-schema.js';
import type { SchemaDiagnostic, SchemaDiagnosticCode } from '../diagnostic.js';
import type { MapPaths, MapRules } from '../schema-map.js';
import type { DocComment, SourcePosition, TypeView } from '../type-view.js';
import type { Frame } from './frame.js';
import { onlyName } from './declared-name.js';
import { groupOf, isForeign } from './finding-text.js';

/** A place inside the walked type. */
export interface Site {
  /** From the object of the walk's frame: `.items[].price`. */
  readonly path: string;
  /** The nearest declaration above, which is where a person must edit. */
  readonly position: SourcePosition;
  readonly doc: DocComment;
  /** Overrides of a mapping that are at this place or below it. */
  readonly overrides: readonly MapPaths[];
  /** Resolves a type at a place further in: types nest, so that what walks one part comes back to the whole. */
  readonly resolveValue: (walk: Walk, view: TypeView, site: Site) => Resolved | 'omitted' | null;
}

/** How property names become column names. */
export type NameStyle = 'lower' | 'snake';

/** A type that is being walked: what makes a type recursive. */
export interface OpenType {
  readonly id: number;
  readonly declaration: string | undefined;
  /** In full. */
  readonly path: string;
  /** The large circle that the type is part of; see {@link Walk.circles}. */
  readonly circle: number | undefined;
  /** It was come to from another type of that circle. */
  readonly isInner: boolean;
}

/** What is known of an object type that was walked before. */
export interface WalkedObject {
  readonly type: ColumnType | null;
  readonly frame: Frame;
}

/** What one walk gathers. */
export interface Walk {
  readonly names: NameStyle;
  readonly map: MapRules;
  /** Source files in which members were declared. */
  readonly files: Set<string>;
  /** The types around the place, outermost first. */
  readonly open: OpenType[];
  /** Every object type that was walked, by its key. */
  readonly walked: Map<string, WalkedObject>;
  /** Keys of {@link walked} that hold only while the outermost type of their circle is open. */
  readonly provisional: { readonly key: string; readonly id: number }[];
  /** Large circles, by the ids of their types: every way from one of them to another is cut. */
  readonly circles: Map<number, number>;
  /** How many object types were walked: the bound of the whole. */
  visits: number;
  /** Where findings go: those of the object that is being walked. */
  frame: Frame;
  /** Path of that object. */
  base: string;
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

/** How a path continues into a property. */
export const memberStep = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;

/** The path of a site from the root. */
export const fullPath = (walk: Walk, site: Site): string => walk.base + site.path;

/** What a report says beside what is wrong. */
export interface ReportDetails {
  /** @defaultValue 'error' */
  readonly severity?: SchemaDiagnostic['severity'];
  /** The type at fault, where it is not the place: its findings are one cause, wherever it is used. */
  readonly view?: TypeView;
  /** What `adopt` proposes. @defaultValue 'json' */
  readonly choice?: string;
}

/** Adds a diagnostic at a site; gives null, which is what every walker returns where there is no column. */
export function report(
  walk: Walk,
  site: Site,
  code: SchemaDiagnosticCode,
  message: string,
  fix: string,
  { severity = 'error', view, choice = 'json' }: ReportDetails = {},
): null {
  const { file, line, column, offset } = site.position;
  const id = `${code} ${severity} ${file}:${offset}${site.path}`;
  const name = view && onlyName(view);
  walk.frame.add(id, {
    diagnostic: { code, severity, file, line, column, message, fix },
    path: site.path,
    paths: 1,
    group: groupOf(code, view, site.position) ?? id,
    choice,
    isForeign: severity === 'error' && isForeign(site.position),
    ...(name === undefined ? {} : { name }),
  });
  return null;
}

/** Notes that the property at this site has a column that types alone cannot prove. */
export const state = (walk: Walk, site: Site): unknown =>
  walk.frame.stated.add(site.path.replace(/(?:\[\]|\{\})+$/u, ''));

/** The same place one step further in. */
export const within = (site: Site, step: string): Site => ({
  ...site,
  path: site.path + step,
  overrides: overridesBelow(site.overrides, step),
});

/** Overrides one step further in; the same empty list nearly always. */
export function overridesBelow(overrides: readonly MapPaths[], step: string): readonly MapPaths[] {
  if (overrides.length === 0) return overrides;
  return overrides.flatMap(({ steps }) => steps.get(step) ?? []);
}

/** Nesting deeper than any reader takes. */
export function reportDepth(walk: Walk, site: Site, view?: TypeView): null {
  return report(
    walk,
    site,
    'DEPTH',
    `The type nests deeper than ${MAX_TYPE_DEPTH} levels.`,
    'Flatten it, or keep the deep part as text with Json<…>.',
    view && { view },
  );
}

/** A text longer than Glue takes. */
export function reportLength(walk: Walk, site: Site, view?: TypeView): null {
  return report(
    walk,
    site,
    'TYPE_TOO_LONG',
    `The type's text passes the ${MAX_TYPE_LENGTH} characters that Glue takes.`,
    'Split the column, or keep a part as Json<…>.',
    view && { view },
  );
}

/** The members of a union, or the type itself. */
export function unionMembers(view: TypeView): readonly TypeView[] {
  if (view.shape.kind !== 'union') return [view];
  return view.shape.members.flatMap(unionMembers);
}

/** True for null and undefined, and for void, whose only value is undefined. */
export const isMissing = (kind: string): boolean => kind === 'null' || kind === 'undefined';
