import type { DocComment, DocTag } from './type-view.js';

/** What a declaration without a JSDoc block has. */
export const noDoc: DocComment = Object.freeze({ text: '', tags: Object.freeze([]) });

/**
 * Reads the JSDoc block of a declaration from the text itself, so that every TypeScript version gives the
 * same comment. As in TypeScript, the last block counts, and one that starts on the line of the token
 * before it (`{ /** … *\/ a: string }`) belongs to that token.
 *
 * @param text - The whole source file.
 * @param fullStart - Offset right after the token before the declaration.
 */
export function readDocComment(text: string, fullStart: number): DocComment {
  const block = lastBlock(text, fullStart);
  return block === undefined ? noDoc : parseBlock(block);
}

function lastBlock(text: string, fullStart: number): string | undefined {
  let found: string | undefined;
  let leading = fullStart === 0;
  for (let at = fullStart; at < text.length;) {
    const char = text[at] ?? '';
    if (text.startsWith('//', at)) {
      at = endOr(text.indexOf('\n', at), text.length);
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) break;
      if (leading && text.startsWith('/**', at) && text[at + 3] !== '/') found = text.slice(at + 3, end);
      at = end + 2;
    } else if (/\s|\uFEFF/u.test(char)) {
      if (char === '\n' || char === '\r') leading = true;
      at += 1;
    } else {
      break;
    }
  }
  return found;
}

function parseBlock(block: string): DocComment {
  const lines = block.split(/\r\n|\n|\r/u).map((line) => line.replace(/^\s*\*?/u, '').trim());
  const description: string[] = [];
  const tags: { name: string; lines: string[] }[] = [];
  for (const line of lines) {
    const tag = /^@([A-Za-z][\w-]*)\s*(.*)$/u.exec(line);
    if (tag === null) (tags.at(-1)?.lines ?? description).push(line);
    else tags.push({ name: tag[1] ?? '', lines: [tag[2] ?? ''] });
  }
  return {
    text: oneLine(description),
    tags: tags.map(({ name, lines: body }): DocTag => ({ name, text: oneLine(body) })),
  };
}

const oneLine = (lines: readonly string[]): string =>
  lines
    .join(' ')
    .replace(/\{@(?:link|linkcode|linkplain)\s+([^}|\s]+)(?:\s*\|?\s*([^}]*))?\}/gu, linkText)
    // Control characters and line separators are not allowed in a Glue comment.
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();

const linkText = (_whole: string, target: string, label: string | undefined): string =>
  label !== undefined && label.trim() !== '' ? label.trim() : target;

const endOr = (at: number, otherwise: number): number => (at < 0 ? otherwise : at);
