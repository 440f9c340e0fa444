import type { SchemaDiagnosticCode } from '../diagnostic.js';
import type { SourcePosition, TypeView } from '../type-view.js';
import { declaredNames } from './declared-name.js';
import type { Finding } from './frame.js';

/** What stands for the file of a JSON Schema, which has no place for a tag. */
const isDocument = ({ file }: SourcePosition): boolean => !/\.[cm]?[jt]sx?$/u.test(file);

/** True for places that a person cannot edit, or where a JSDoc tag says nothing. */
export const isForeign = (position: SourcePosition): boolean =>
  /[\\/]node_modules[\\/]/u.test(position.file) || isDocument(position);

/** Codes that no mapping settles, since they are about names of columns or about the source itself. */
const settledElsewhere: ReadonlySet<string> = new Set([
  'GENERIC_OPEN',
  'NAME_COLLISION',
  'NAME_INVALID',
  'NOT_A_RECORD',
  'PARTITION_KEYS_ONLY',
]);

/** The way out of a finding: where the type cannot be edited, what a mapping says about it. */
export function fixOf(
  { diagnostic, isForeign: foreign, path, paths, choice, name, key }: Finding,
  root: string,
): string {
  if (!foreign || path === '' || settledElsewhere.has(diagnostic.code)) return diagnostic.fix;
  const place = paths === 1 ? root + path : (name ?? key ?? root + path);
  const all = paths === 1 ? '' : '; `store schema adopt` writes such a file';
  return `Write ${JSON.stringify(place)}: "${choice}" under "overrides" in a file, and pass it with --map${all}.`;
}

/**
 * What makes findings one cause: a type with a name, or, where nobody can edit the places anyway, equal types.
 * Undefined where the place itself is the cause.
 */
export function groupOf(
  code: SchemaDiagnosticCode,
  view: TypeView | undefined,
  position: SourcePosition,
): string | undefined {
  if (view === undefined) return undefined;
  const [name] = declaredNames(view);
  const { shape } = view;
  const declaration = shape.kind === 'object' ? shape.object.declaration : undefined;
  if (declaration !== undefined && name !== undefined)
    return `${code} ${declaration.file}:${declaration.order}`;
  if (name !== undefined) return `${code} ${name}`;
  return isForeign(position) ? `${code} ${view.text}` : undefined;
}
