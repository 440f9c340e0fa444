import { gzipSync } from 'node:zlib';
import type { Column, TableSchema } from '../../table-schema.js';
import { toGlueColumns } from '../../to-glue-columns.js';
import { MAX_TYPE_DEPTH, MAX_TYPE_LENGTH } from '../../glue-rules.js';
import type { SchemaDiagnostic } from '../diagnostic.js';
import { sizeOf } from './measure.js';
import { report, reportDepth, reportLength, type Site, type Walk } from './site.js';

/** Nesting that Firehose's Iceberg destination takes ("Amazon Data Firehose: Iceberg considerations"). */
const maxIcebergDepth = 16;

/** Compressed metadata of one table that Athena reads ("Partition projection with Amazon Athena"). */
const maxTableBytes = 1_000_000;

/** Checks a top-level column against the limits of those who read it; false where Glue would refuse it. */
export function checkColumn(walk: Walk, column: Column, site: Site): boolean {
  if (athenaReserved.has(column.name))
    report(
      walk,
      site,
      'RESERVED_WORD',
      `${column.name} is a reserved word of Athena: queries must quote it.`,
      'Leave it and quote it, or write `@glueName` with another name above it.',
      { severity: 'info' },
    );
  const { depth, length } = sizeOf(column.type);
  if (depth > MAX_TYPE_DEPTH) {
    reportDepth(walk, site);
    return false;
  }
  if (depth > maxIcebergDepth)
    report(
      walk,
      site,
      'DEPTH',
      `The type nests ${depth} levels deep; Firehose delivers at most ${maxIcebergDepth} to an Iceberg table.`,
      'Flatten it where Iceberg is the destination.',
      { severity: 'warning' },
    );
  if (length <= MAX_TYPE_LENGTH) return true;
  reportLength(walk, site);
  return false;
}

/** A diagnostic where the whole table is more than Athena reads. */
export function checkSize(schema: TableSchema, { file, line, column }: Site['position']): SchemaDiagnostic[] {
  // What the catalog holds: the whole text of a comment that had to be cut stays in the manifest.
  const text = JSON.stringify(toGlueColumns(schema));
  const bytes = text.length <= maxTableBytes ? 0 : gzipSync(text).length;
  if (bytes <= maxTableBytes) return [];
  return [
    {
      code: 'TABLE_TOO_LARGE',
      severity: 'error',
      file,
      line,
      column,
      path: schema.name,
      message: `The columns take ${bytes} bytes compressed; Athena reads about ${maxTableBytes} of one table.`,
      fix: 'Split the type into several tables, or shorten its comments.',
    },
  ];
}

// Athena's DDL and SELECT keywords that people use as column names ("Escape reserved keywords in queries").
const athenaReserved: ReadonlySet<string> = new Set(
  (
    'all alter and array as between both by case cast column commit create cross cube current_date ' +
    'current_timestamp current_user database date decimal delete describe distinct drop else end escape ' +
    'except exchange exists extended external extract false fetch float following for foreign from full ' +
    'function grant group grouping having if import in inner insert int integer intersect interval into is ' +
    'join lateral left less like local macro map more natural none normalize not null numeric of on only ' +
    'or order out outer over partialscan partition percent preceding precision prepare preserve primary ' +
    'procedure range reads reduce references regexp revoke right rlike rollback rollup row rows select set ' +
    'skip smallint start table tablesample then time timestamp to transform trigger true truncate ' +
    'unbounded union uniquejoin unnest update user using utc_timestamp values varchar views when where ' +
    'window with'
  ).split(' '),
);
