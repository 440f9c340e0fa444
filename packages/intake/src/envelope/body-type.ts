import type { BodyHints } from './message-shape.js';

/** How a body is read; `unsupported` where no reader knows its type. */
export type BodyType = 'json' | 'rows' | 'form' | 'any' | 'unsupported';

/** What a file's name says, where it is known; a browser's idea of the type says less. */
const extensions: Readonly<Record<string, BodyType>> = {
  json: 'json',
  ndjson: 'json',
  jsonl: 'json',
  csv: 'rows',
  tsv: 'rows',
  parquet: 'unsupported',
  avro: 'unsupported',
  orc: 'unsupported',
  xlsx: 'unsupported',
  xls: 'unsupported',
  zip: 'unsupported',
  zst: 'unsupported',
  bz2: 'unsupported',
};

/** Media types that say nothing of what is inside. */
const anything = /^(|text\/plain|(application|binary)\/octet-stream|application\/(x-)?(gzip|zlib|deflate))$/;
const json = /^(application|text)\/(json|(x-)?ndjson|(x-)?jsonl|(x-)?json-?lines|[\w.-]+\+json)$/;
const rows = /^(text\/(csv|tab-separated-values)|application\/csv)$/;

/** Returns how a body is read, by its name first, then by its media type. */
export function bodyTypeOf({ contentType = '', name = '' }: BodyHints): BodyType {
  const [, extension = ''] = /\.(\w+)(?:\.gz)?$/.exec(name.toLowerCase()) ?? [];
  const named = extensions[extension];
  if (named !== undefined) return named;
  const media = (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  if (media === 'application/x-www-form-urlencoded') return 'form';
  if (anything.test(media)) return 'any';
  if (json.test(media)) return 'json';
  return rows.test(media) ? 'rows' : 'unsupported';
}

/** Returns the name of the encoding of a media type's `charset`; empty where it has none. */
export function charsetOf({ contentType = '' }: BodyHints): string {
  const [, charset = ''] = /;\s*charset\s*=\s*"?([\w:.-]+)/i.exec(contentType) ?? [];
  return charset.toLowerCase();
}

/**
 * Returns the fields of a form's body (WHATWG URL, application/x-www-form-urlencoded), each as text; or the name of one that
 * appears twice; `undefined` where a percent sign is none of a form's.
 */
export function formFields(
  body: string,
): { readonly fields: Readonly<Record<string, string>>; readonly duplicateKey?: string } | undefined {
  const fields = new Map<string, string>();
  let duplicateKey: string | undefined;
  try {
    for (const pair of body.trim().split('&')) {
      if (pair === '') continue;
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      const key = decodeURIComponent(name.replaceAll('+', ' '));
      if (fields.has(key)) duplicateKey ??= key;
      fields.set(key, decodeURIComponent(value.replaceAll('+', ' ')));
    }
  } catch {
    // A URIError says no more than that.
    return undefined;
  }
  return { fields: Object.fromEntries(fields), ...(duplicateKey === undefined ? {} : { duplicateKey }) };
}
