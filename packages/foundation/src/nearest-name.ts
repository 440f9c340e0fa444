/** Longer words are cut before they are compared: a name may be anything that a caller sends. */
const COMPARED_LENGTH = 64;

/**
 * Returns those of the names that a person may have meant, nearest first, at most `count` of them. Case does not
 * matter; two letters that changed places are one mistake; a name that differs in more than a third of the letters
 * is not offered.
 *
 * @example
 * ```ts
 * import { nearestNames } from '@store/foundation';
 *
 * console.log(nearestNames('maxrecrods', ['maxRecords', 'maxBytes', 'lingerMs'])); // [ 'maxRecords' ]
 * ```
 */
export function nearestNames(wanted: string, names: Iterable<string>, count = 1): readonly string[] {
  const word = wanted.slice(0, COMPARED_LENGTH).toLowerCase();
  const limit = Math.max(2, Math.floor(word.length / 3));
  return [...names]
    .map((name) => ({ name, distance: editDistance(word, name.slice(0, COMPARED_LENGTH).toLowerCase()) }))
    .filter(({ name, distance }) => distance <= limit && distance < Math.max(1, name.length))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, count)
    .map(({ name }) => name);
}

/** Optimal string alignment distance, three rows at a time. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        least = Math.min(least, (before[j - 2] ?? 0) + 1);
      }
      next.push(least);
    }
    before = row;
    row = next;
  }
  return row[b.length] ?? 0;
}
