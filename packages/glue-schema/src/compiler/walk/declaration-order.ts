import type { PropertyView } from '../type-view.js';

/**
 * Properties in the order in which people wrote them: inherited and imported ones first (by file name),
 * then those of the type's own file, each by place; keys without a declaration last, by name. A checker's
 * own order differs between TypeScript versions for mapped types.
 */
export function declarationOrder(
  properties: readonly PropertyView[],
  ownFile: string,
): readonly PropertyView[] {
  return properties.toSorted((a, b) => compare(a, b, ownFile));
}

function compare(a: PropertyView, b: PropertyView, ownFile: string): number {
  const byFile = rank(a, ownFile) - rank(b, ownFile);
  if (byFile !== 0) return byFile;
  if (a.position === undefined || b.position === undefined) return byText(a.name, b.name);
  const byPath = byText(a.position.file, b.position.file);
  return byPath === 0 ? a.position.offset - b.position.offset || byText(a.name, b.name) : byPath;
}

const rank = ({ position }: PropertyView, ownFile: string): number =>
  position === undefined ? 2 : position.file === ownFile ? 1 : 0;

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
