/** Writes a name as SQL. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** Writes text as SQL. */
export function sqlText(text: string): string {
  const quoted = `'${text.replaceAll("'", "''")}'`;
  // A statement ends at its first zero.
  return quoted.includes('\0') ? `(${quoted.replaceAll('\0', "' || chr(0) || '")})` : quoted;
}

/** Writes a list of texts as SQL. */
export function sqlList(items: readonly string[]): string {
  return `[${items.map(sqlText).join(', ')}]`;
}

/** Writes a list of files as SQL; what DuckDB would take for a pattern of several files is quoted. */
export function sqlFiles(paths: readonly string[]): string {
  return sqlList(paths.map((path) => path.replaceAll(/[*?[]/g, '[$&]')));
}
