/** Words of a statement that may name a table: more than it reads, perhaps, and never fewer. */
export function namesIn(sql: string): ReadonlySet<string> {
  const words = new Set(sql.toLowerCase().match(/[\p{L}\p{N}_.$-]+|"[^"]+"/gu) ?? []);
  return new Set([...words].flatMap((word) => word.replaceAll('"', '').split('.')));
}
