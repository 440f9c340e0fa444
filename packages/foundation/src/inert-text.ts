/**
 * Characters that a terminal or an editor obeys instead of showing: controls of C0 and C1, DEL, marks and overrides of
 * writing direction, separators of lines and paragraphs, the byte order mark, tags, and halves of surrogate pairs.
 */
const obeyed =
  /[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\p{Surrogate}]|[\u{e0000}-\u{e007f}]/gu;

const named: ReadonlyMap<string, string> = new Map([
  ['\n', String.raw`\n`],
  ['\r', String.raw`\r`],
  ['\t', String.raw`\t`],
]);

/**
 * Returns a text on one line in which every control character is written out, such as `\x1b` or `\n`, so that a
 * terminal shows it and obeys nothing. A longer text is cut, and ends in `…`.
 *
 * @param mostCharacters - of the text as it came; all of them where it is left out
 *
 * @example
 * ```ts
 * import { inertText } from '@store/foundation';
 *
 * console.log(inertText('Oslo\u001b[2J\nMill')); // Oslo\x1b[2J\nMill
 * console.log(inertText('a long answer', 6)); // a long…
 * ```
 */
export function inertText(text: string, mostCharacters: number = Number.MAX_SAFE_INTEGER): string {
  const cut = text.length > mostCharacters ? `${wholeCharacters(text, mostCharacters)}…` : text;
  return cut.replace(obeyed, (character) => named.get(character) ?? escaped(character));
}

/** Half a character at the end would be shown as an escape that nobody sent. */
function wholeCharacters(text: string, most: number): string {
  const code = text.charCodeAt(most - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? most - 1 : most);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
