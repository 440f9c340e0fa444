/** One function of Trino's, and what the endpoint does with it. */
export interface TrinoFunction {
  readonly name: string;
  /** As its documentation writes it. */
  readonly signature: string;
  readonly status: 'served' | 'differs' | 'refused';
  /** How it differs, or what to write instead. */
  readonly note: string;
  /**
   * What stands for it: a function or macro of DuckDB's; with `:` before it, its first argument is given twice, once
   * to show its type; with `@`, a rewriting of its own.
   */
  readonly as: string;
  readonly fewestArguments: number;
  readonly mostArguments: number;
}

/** Rows of functions that answer as Trino's do. */
export const served = (...rows: readonly string[]): readonly TrinoFunction[] =>
  rows.map((row) => read(row, 'served'));

/** A row: `signature = target`, and a note after `;`. */
function read(row: string, status: TrinoFunction['status']): TrinoFunction {
  const [head = '', note = ''] = row.split(' ; ');
  const [signature = '', as] = head.split(' = ');
  const name = /^[a-z_0-9]+/.exec(signature)?.[0] ?? '';
  const inner = signature.slice(name.length + 1, signature.lastIndexOf(')'));
  const required = inner
    .replaceAll(/\[[^\]]*\]/g, '')
    .split(',')
    .filter((part) => part.trim() !== '');
  const all = inner
    .replaceAll(/[[\]]/g, '')
    .split(',')
    .filter((part) => part.trim() !== '');
  const isOpen = inner.includes('...');
  return Object.freeze({
    name,
    signature,
    status,
    note: note.trim(),
    as: as?.trim() ?? name,
    fewestArguments: isOpen ? Math.max(1, required.length - 1) : required.length,
    mostArguments: isOpen ? Number.MAX_SAFE_INTEGER : all.length,
  });
}

/** Rows of functions that answer otherwise, as their notes say. */
export const differs = (...rows: readonly string[]): readonly TrinoFunction[] =>
  rows.map((row) => read(row, 'differs'));
/** Rows of functions that are refused; their notes say what to write instead. */
export const refused = (...rows: readonly string[]): readonly TrinoFunction[] =>
  rows.map((row) => read(row, 'refused'));
