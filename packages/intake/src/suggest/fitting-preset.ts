import { compileMapping } from '../mapping/compile-mapping.js';
import type { FieldSource, MappingDocument } from '../mapping/document.js';
import { findColumn } from '../mapping/columns.js';
import { listOf } from '../mapping/field-source.js';
import type { SourceRecord } from '../mapping/row.js';
import { groupsOf } from '../mapping/unpivot.js';
import { presets } from '../presets/presets.js';

/** Columns by which a preset is known: fewer have any table of a shop. */
const KNOWN_BY = 4;

/** Returns the preset whose columns these are, and which makes events of some of the rows; undefined where none is. */
export function fittingPreset(
  columns: readonly string[],
  rows: readonly SourceRecord[],
): MappingDocument | undefined {
  const fitting = Object.values(presets)
    .flat()
    .filter(
      (document) =>
        document.records === undefined && compileMapping(document).checkHeader(columns).length === 0,
    )
    .map((document) => ({ document, known: readColumns(document, columns) }))
    .filter(({ document, known }) => known >= KNOWN_BY && givesEvents(document, columns, rows))
    .sort((a, b) => b.known - a.known);
  return fitting[0]?.document;
}

function readColumns(document: MappingDocument, columns: readonly string[]): number {
  const { looseNames = [], unpivot } = document;
  const isLoose = (name: string): boolean => looseNames.includes(name) || looseNames.includes('*');
  const named = new Set<string>();
  // The values of an interface of sources are sources.
  for (const source of Object.values(document.fields) as readonly FieldSource[]) {
    for (const name of [...listOf(source.from), ...(source.join ?? []), ...(source.sum ?? [])]) {
      const column = findColumn(name, columns, isLoose(name));
      if (column !== undefined) named.add(column);
    }
  }
  const patterns = Object.values(unpivot?.columns ?? {}).filter((pattern) => pattern !== '*');
  return named.size + groupsOf(columns, patterns, new Set()).length;
}

function givesEvents(
  document: MappingDocument,
  columns: readonly string[],
  rows: readonly SourceRecord[],
): boolean {
  if (rows.length === 0) return true;
  const run = compileMapping(document).start({ columns, asOfMs: 0 });
  return rows.some((row) => run.read(row).events.length > 0);
}
