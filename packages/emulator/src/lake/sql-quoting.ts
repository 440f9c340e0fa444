/** Writes a name as SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Writes text as SQL. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Writes a list of texts as SQL. */
export function sqlList(items: readonly string[]): string {
  return `[${items.map(sqlText).join(', ')}]`;
}
