import { maxRecordChars, tooLong, type SourceItem, type SourceItems } from './source-item.js';

/** Reads newline-delimited JSON: a broken line costs that line alone. Empty lines are no records. */
export async function* ndjsonItems(text: AsyncIterable<string>): SourceItems {
  let line = 1;
  let rest = '';
  let cutting = false;
  for await (const chunk of text) {
    const items: SourceItem[] = [];
    let start = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
      add(items, rest + chunk.slice(start, end));
      rest = '';
      cutting = false;
      line++;
      start = end + 1;
    }
    rest += chunk.slice(start);
    if (rest.length > maxRecordChars) {
      rest = rest.slice(0, maxRecordChars);
      cutting = true;
    }
    if (items.length > 0) yield items;
  }
  const last: SourceItem[] = [];
  add(last, rest);
  if (last.length > 0) yield last;

  function add(items: SourceItem[], raw: string): void {
    const trimmed = (line === 1 ? raw.replace(/^\ufeff/, '') : raw).trim();
    if (trimmed === '') return;
    const long = cutting || trimmed.length > maxRecordChars;
    items.push(long ? { line, text: trimmed.slice(0, 200), problem: tooLong } : { line, text: trimmed });
  }
}
