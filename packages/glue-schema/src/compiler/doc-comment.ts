import type { DocComment, DocTag } from './type-view.js';

/** What a declaration without a JSDoc block has. */
export const noDoc: DocComment = Object.freeze({
  text: '',
  tags: Object.freeze([]),
  misplaced: Object.freeze([]),
});

/**
 * Reads the JSDoc block of a declaration from the text itself, so that every TypeScript version gives the
 * same comment. As in TypeScript, the last block counts, and one that starts on the line of the token
 * before it (`{ /** … *\/ a: string }`) belongs to that token.
 *
 * @param text - The whole source file.
 * @param fullStart - Offset right after the token before the declaration.
 */
export function readDocComment(text: string, fullStart: number): DocComment {
  const { leading, trailing } = blocksBefore(text, fullStart);
  const misplaced = trailing.flatMap(
    (block) => block.match(/@(?:glue[A-Z]\w*|wire|flatten|renamedFrom|partitionKey)\b/gu) ?? [],
  );
  const last = leading.at(-1);
  if (last === undefined) return misplaced.length === 0 ? noDoc : { ...noDoc, misplaced };
  return { ...parseBlock(last), misplaced };
}

/** JSDoc blocks between a token and the declaration after it, by whether a line break comes before them. */
function blocksBefore(text: string, from: number): { leading: string[]; trailing: string[] } {
  const blocks = { leading: new Array<string>(), trailing: new Array<string>() };
  let isLeading = from === 0;
  for (let at = from; at < text.length;) {
    const char = text[at] ?? '';
    if (text.startsWith('//', at)) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else if (text.startsWith('/*', at)) {
      const end = text.indexOf('*/', at + 2);
      if (end < 0) break;
      if (text.startsWith('/**', at) && text[at + 3] !== '/')
        blocks[isLeading ? 'leading' : 'trailing'].push(text.slice(at + 3, end));
      at = end + 2;
    } else if (/\s|\uFEFF/u.test(char)) {
      if (char === '\n' || char === '\r') isLeading = true;
      at += 1;
    } else {
      break;
    }
  }
  return blocks;
}

function parseBlock(block: string): Pick<DocComment, 'text' | 'tags'> {
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
