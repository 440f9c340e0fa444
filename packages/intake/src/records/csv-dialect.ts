import { IntakeError } from '../errors.js';

/** Delimiters that are found by themselves, the most usual first. */
const usual = [',', ';', '\t', '|'] as const;

const named: ReadonlyMap<string, string> = new Map([
  ['tab', '\t'],
  [String.raw`\t`, '\t'],
  ['comma', ','],
  ['semicolon', ';'],
  ['pipe', '|'],
  ['space', ' '],
]);

/**
 * Returns the delimiter that a setting means: one character, or `tab`, `comma`, `semicolon`, `pipe`, `space`.
 *
 * @throws {@link IntakeError} `INVALID_DELIMITER`.
 *
 * @example
 * ```ts
 * import { delimiterOf } from '@store/intake';
 *
 * console.log(delimiterOf('tab') === '\t'); // true
 * ```
 */
export function delimiterOf(setting: string): string {
  const delimiter = named.get(setting.toLowerCase()) ?? setting;
  if (delimiter.length === 1 && !'"\r\n'.includes(delimiter)) return delimiter;
  throw new IntakeError(
    'INVALID_DELIMITER',
    `Expected the delimiter to be one character or tab, got ${JSON.stringify(setting.slice(0, 20))}.`,
    [],
    { fix: 'Write it as ; or , or | or tab.' },
  );
}

/** The delimiter of a line `sep=;`, with which Excel opens a file; undefined for any other line. */
export function declaredDelimiter(line: string): string | undefined {
  return /^"?sep=(?<delimiter>[^"\r\n])"?$/i.exec(line)?.groups?.delimiter;
}

/**
 * Returns the delimiter of a header: the usual one that is in it most often outside of quotes; the comma
 * where none does.
 */
export function detectDelimiter(header: string): string {
  const bare = header.replaceAll(/(?<=^|[,;\t|])"(?:[^"]|"")*"/g, '');
  let [best, most] = [',', 0];
  for (const delimiter of usual) {
    const count = bare.split(delimiter).length - 1;
    if (count > most) [best, most] = [delimiter, count];
  }
  return best;
}
