/** A type of DuckDB's, as far as its values are written differently. */
export type DuckDbType =
  | { readonly kind: 'plain'; readonly name: string }
  | { readonly kind: 'list'; readonly element: DuckDbType }
  | { readonly kind: 'map'; readonly key: DuckDbType; readonly value: DuckDbType }
  | {
      readonly kind: 'struct';
      readonly fields: readonly { readonly name: string; readonly type: DuckDbType }[];
    };

/** Reads a type as DuckDB writes it: `STRUCT(city VARCHAR, "a b" INTEGER[])`. */
export function parseDuckDbType(text: string): DuckDbType {
  const type = text.trim();
  if (type.endsWith(']')) {
    return { kind: 'list', element: parseDuckDbType(type.slice(0, type.lastIndexOf('['))) };
  }
  if (type.startsWith('MAP(')) {
    const [key = '', value = ''] = splitTop(type.slice(4, -1));
    return { kind: 'map', key: parseDuckDbType(key), value: parseDuckDbType(value) };
  }
  if (!type.startsWith('STRUCT(')) return { kind: 'plain', name: type };
  const fields = splitTop(type.slice(7, -1)).map((part, at) => {
    const found = /^(?:"((?:[^"]|"")*)"|([A-Za-z_][A-Za-z0-9_]*))\s+(.+)$/s.exec(part.trim());
    if (found === null || isTypeStart(part.trim())) {
      return { name: `field${at}`, type: parseDuckDbType(part) };
    }
    const [, quoted, bare = '', rest = ''] = found;
    return { name: quoted?.replaceAll('""', '"') ?? bare, type: parseDuckDbType(rest) };
  });
  return { kind: 'struct', fields };
}

// The fields of a nameless row are types alone, one of which is written in several words.
const isTypeStart = (text: string): boolean => /^TIMESTAMP WITH|^TIME WITH/.test(text);

function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(text.slice(from, at));
      from = at + 1;
    }
  }
  parts.push(text.slice(from));
  return parts;
}
