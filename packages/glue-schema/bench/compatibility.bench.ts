// How long does comparing two tables of 500 columns take? It must stay under 5 ms, for it runs in every push.
import { checkCompatibility, type TableSchema, toTableInput } from '../src/index.js';
import { measure } from './rounds.js';

const wide = (extra: number): TableSchema => ({
  name: 'Wide',
  columns: Array.from({ length: 500 + extra }, (_, index) => ({
    name: `column_${index}`,
    comment: `Column ${index}.`,
    type:
      index % 5 === 0
        ? { kind: 'struct', fields: [{ name: 'a', type: { kind: 'int' } }] }
        : { kind: 'string' },
  })),
});
const [before, after] = [wide(0), wide(10)].map((schema) =>
  toTableInput(schema, { location: 's3://lake/wide/' }),
);
if (before === undefined || after === undefined) throw new Error('Expected two tables');
const times = measure(
  { diff: () => checkCompatibility(before, after, { mode: 'FULL', format: 'hive-parquet' }).changes.length },
  1e6, // so that the figure is milliseconds
);
const millis = times.get('diff') ?? NaN;
console.log(
  `| 500 columns, 10 new | ms CPU |\n| --- | ---: |\n| checkCompatibility | ${millis.toFixed(2)} |`,
);
if (millis > 5) process.exitCode = 1;
