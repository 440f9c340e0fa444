import { RecordSource, type RecordSourceOptions, type SourceItem } from '../../src/index.js';

/** Reads bytes or text that come in pieces of the given sizes, over and over. */
export function readAll(
  content: Uint8Array | string,
  options: RecordSourceOptions,
  sizes?: readonly number[],
): SourceItem[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const source = new RecordSource(options);
  const items: SourceItem[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const end = at + (sizes?.[turn % sizes.length] ?? bytes.length);
    for (const item of source.push(bytes.subarray(at, end))) items.push(item);
    at = end;
  }
  for (const item of source.end()) items.push(item);
  return items;
}
