import { IntakeError } from '../errors.js';

/**
 * Returns the names of a header, without blanks around them. A column without a name is a column that nobody reads.
 *
 * @throws {@link IntakeError} `DUPLICATE_COLUMN`, with both positions of each name that appears twice.
 *
 * @example
 * ```ts
 * import { headerNames } from '@store/intake';
 *
 * console.log(headerNames([' Shop', 'Stock '], 1)); // [ 'Shop', 'Stock' ]
 * ```
 */
export function headerNames(fields: readonly string[], line: number): readonly string[] {
  const names = fields.map((name) => name.trim());
  const places = new Map<string, number>();
  const problems = [];
  for (const [index, name] of names.entries()) {
    const first = places.get(name);
    if (name === '') continue;
    if (first === undefined) places.set(name, index);
    else
      problems.push({ path: name, message: `columns ${first + 1} and ${index + 1} are both named ${name}` });
  }
  if (problems.length === 0) return names;
  const what = problems.map(({ message }) => message).join('; ');
  throw new IntakeError('DUPLICATE_COLUMN', `In the header, line ${line}, ${what}.`, problems, {
    line,
    fix: 'Rename one of them, or take it out: it cannot be told which is meant.',
  });
}

/** The letters and digits of a name, in lower case: `Event ID` is `eventid`. */
export const lettersOf = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/**
 * Finds known columns in a header: by the exact name, or, where no column has that, by letters and digits alone.
 *
 * @param known - key of each column, by every name that it may have
 * @returns the index of each key that was found, the keys that were not, and the names that mean none of them
 *
 * @throws {@link IntakeError} `DUPLICATE_COLUMN`, where two names mean one column.
 */
export function matchColumns<Key extends string>(
  names: readonly string[],
  known: ReadonlyMap<string, Key>,
  line: number,
): { readonly found: ReadonlyMap<Key, number>; readonly unknown: readonly string[] } {
  const found = new Map<Key, number>();
  const exact = new Set<number>();
  for (const [index, name] of names.entries()) {
    const key = known.get(name);
    if (key === undefined) continue;
    add(key, index);
    exact.add(index);
  }
  const byLetters = new Map([...known].map(([name, key]) => [lettersOf(name), key]));
  const exactKeys = new Set(found.keys());
  const unknown: string[] = [];
  for (const [index, name] of names.entries()) {
    if (exact.has(index) || name === '') continue;
    const key = byLetters.get(lettersOf(name));
    if (key === undefined || exactKeys.has(key)) unknown.push(name);
    else add(key, index);
  }
  return { found, unknown };

  function add(key: Key, index: number): void {
    const first = found.get(key);
    if (first !== undefined) {
      const message = `columns ${first + 1} (${names[first] ?? ''}) and ${index + 1} (${names[index] ?? ''}) both mean ${key}`;
      throw new IntakeError(
        'DUPLICATE_COLUMN',
        `In the header, line ${line}, ${message}.`,
        [{ path: key, message }],
        { line, fix: 'Rename one of them, or take it out: it cannot be told which is meant.' },
      );
    }
    found.set(key, index);
  }
}
