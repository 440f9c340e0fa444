import { MAX_COMMENT_LENGTH } from '../../glue-limits.js';

/** A comment that fits, and the whole text where it had to be cut. */
export function documented(text: string): { readonly comment?: string; readonly description?: string } {
  const comment = fitComment(text);
  if (comment === undefined) return {};
  return comment === text ? { comment } : { comment, description: text };
}

/**
 * A text that fits a Glue comment: at most 255 UTF-16 units (so at most 255 code points too), never cut
 * inside a surrogate pair, with an ellipsis where it was cut. Undefined for an empty text.
 */
function fitComment(text: string): string | undefined {
  if (text === '') return undefined;
  if (text.length <= MAX_COMMENT_LENGTH) return text;
  let end = MAX_COMMENT_LENGTH - 1;
  const last = text.charCodeAt(end - 1);
  if (last >= 0xd800 && last <= 0xdbff) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}
