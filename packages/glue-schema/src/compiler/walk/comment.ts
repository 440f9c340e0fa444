/** Glue's limit for a column comment, API_Column: 255. */
export const maxCommentLength = 255;

/**
 * A text that fits a Glue comment: at most 255 UTF-16 units (so at most 255 code points too), never cut
 * inside a surrogate pair, with an ellipsis where it was cut. Undefined for an empty text.
 */
export function fitComment(text: string): string | undefined {
  if (text === '') return undefined;
  if (text.length <= maxCommentLength) return text;
  let end = maxCommentLength - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
