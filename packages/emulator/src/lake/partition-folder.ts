/** Characters that Hive escapes in the name of a partition's folder; source: Hive's `FileUtils` (2026). */
// eslint-disable-next-line no-control-regex -- control characters are among what is escaped
const escaped = /[\u0000-\u001f"#%'*/:=?\\\u007f{[\]^]/g;

/** Hive's value of the partition whose key is NULL, or empty text. */
export const NULL_PARTITION = '__HIVE_DEFAULT_PARTITION__';

/** Returns the folder of a partition: `day=2026-01-01/hour=4`. */
export function partitionFolder(
  keys: readonly { readonly Name: string }[],
  values: readonly (string | undefined)[],
): string {
  return keys
    .map(({ Name }, index) => {
      const value = values[index];
      return `${Name}=${value === undefined || value === '' ? NULL_PARTITION : escapeFolder(value)}`;
    })
    .join('/');
}

function escapeFolder(value: string): string {
  return value.replaceAll(
    escaped,
    (one) => `%${one.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

/** Returns the values of a folder below a table, in the order of its keys; `undefined` for one that is none of them. */
export function folderValues(
  keys: readonly { readonly Name: string }[],
  folder: string,
): readonly string[] | undefined {
  const parts = folder.split('/');
  if (parts.length !== keys.length) return undefined;
  const values: string[] = [];
  for (const [index, { Name }] of keys.entries()) {
    const part = parts[index] ?? '';
    const at = part.indexOf('=');
    if (at <= 0 || part.slice(0, at).toLowerCase() !== Name.toLowerCase()) return undefined;
    values.push(unescapeFolder(part.slice(at + 1)));
  }
  return values;
}

/** Returns the value that the name of a folder holds; Hive writes each character that it escapes as two digits. */
export function unescapeFolder(text: string): string {
  return text.replaceAll(/%([0-9A-Fa-f]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
