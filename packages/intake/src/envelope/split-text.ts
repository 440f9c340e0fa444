import { jsonDocuments } from '@store/foundation';
import { joinedFiles } from '../records/ndjson-reader.js';

/**
 * Returns the text of each record of a text that holds JSON: one value, an array of them, one a line, one directly behind
 * the other, or several of these. What is no JSON is a text of its own, up to its line's end, so that it takes nothing
 * from its neighbors. Only white space, the brackets and commas of an array of records, and byte order marks where files
 * were joined, are in none. Of a text with more records than `most` it returns the first `most` and one.
 */
export function splitJson(body: string, most: number): readonly string[] {
  return textsOf(body, most, true);
}

/** @param mayBeJoined - what is no JSON is looked at for byte order marks between files */
function textsOf(body: string, most: number, mayBeJoined: boolean): readonly string[] {
  const items = itemsOf(body, most);
  if (items !== undefined) return items;
  const bytes = Buffer.from(body);
  const texts: string[] = [];
  for (const { start, end, failure } of jsonDocuments(bytes, 0, bytes.length)) {
    const text = bytes.toString('utf8', start, end);
    const isBroken = mayBeJoined && failure !== undefined;
    for (const file of isBroken ? joinedFiles(text) : [text]) {
      const bare = file.replace(leadingMarks, '');
      // A line may hold an array, too.
      const found = isBroken && bare !== text ? textsOf(bare, most, false) : (itemsOf(file, most) ?? [file]);
      for (const item of found) texts.push(item);
      if (texts.length > most) return texts;
    }
  }
  return texts;
}

/** The items of a text that is one array, each as its text; `undefined` for any other text. */
function itemsOf(body: string, most: number): readonly string[] | undefined {
  const text = body.trim();
  if (!text.startsWith('[')) return undefined;
  const items: string[] = [];
  let depth = 0;
  let inString = false;
  let from = 1;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (inString) {
      if (char === BACKSLASH) at += 1;
      else if (char === QUOTE) inString = false;
    } else if (char === QUOTE) inString = true;
    else if (char === OPEN_LIST || char === OPEN_OBJECT) depth += 1;
    else if (char === CLOSE_LIST || char === CLOSE_OBJECT) {
      depth -= 1;
      if (depth > 0) continue;
      // What follows the array makes it one of several documents; another bracket makes it none.
      if (at !== text.length - 1 || char !== CLOSE_LIST) return undefined;
      const last = text.slice(from, at);
      if (last.trim() !== '' || items.length > 0) items.push(last);
    } else if (char === COMMA && depth === 1) {
      items.push(text.slice(from, at));
      from = at + 1;
      if (items.length > most) return items;
    }
  }
  return depth === 0 ? items : undefined;
}

const leadingMarks = /^\ufeff+/;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
