import { join, relative, resolve } from 'node:path';
import { findProject } from '../config/find-project.js';
import { defaultDataDir } from '../inventory/names.js';
import {
  coloursFor,
  formatBytes,
  formatCount,
  formatDollars,
  formatDuration,
  plural,
} from '../output/format.js';
import { formatTable } from '../output/table.js';
import { commandList, shellWord } from '../terminal/printed-command.js';
import type { Terminal } from '../terminal/terminal.js';

/** A shelf below its reorder point, as the SQL query found it. */
export interface LowStockShelf {
  readonly store: string;
  readonly city: string;
  readonly product: string;
  readonly currentStock: number;
  readonly minThreshold: number;
  readonly onOrder: number;
}

/** What `store demo --json` prints; every number was measured in this run. */
export interface DemoResult {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  readonly seed: number;
  /** Events that the world made. */
  readonly eventsGenerated: number;
  /** Events that the endpoint acknowledged, as the producer counts them. */
  readonly eventsAccepted: number;
  /** Rows that a DuckDB of its own counts in the Parquet files. */
  readonly rowsInLake: number;
  readonly partitions: number;
  readonly files: number;
  readonly lakeBytes: number;
  readonly partitionedBy: 'datehour' | 'date';
  /** Pairs of store and product that the SQL query finds below the reorder point. */
  readonly lowStockPairs: number;
  /** Those of them that what is on order does not cover. */
  readonly restockRequests: number;
  /** Restock requests that the truck consumer received and deleted. */
  readonly truckMessages: number;
  /** Trucks that these fill. */
  readonly truckLoads: number;
  readonly truckUnits: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly dollars: number;
  readonly retries: number;
  readonly ambiguous: number;
  readonly seconds: number;
  /** Events a second from the first one made to the last one acknowledged. */
  readonly eventsPerSecond: number;
  readonly endpoint: string;
  /** Where the Parquet files lie. */
  readonly lakeDir: string;
  /** The ten shelves that are furthest below. */
  readonly lowStock: readonly LowStockShelf[];
}

/** The end of a demo, for people. */
export function demoSummary(result: DemoResult, out: string, terminal: Terminal): string {
  const { bold, dim, green, cyan } = coloursFor(terminal.stdout, terminal.env);
  const { eventsGenerated, eventsAccepted, rowsInLake, billedBytes, eventBytes } = result;
  const whole = eventsGenerated === eventsAccepted && eventsAccepted === rowsInLake;
  const where = relative(terminal.cwd, result.lakeDir) || '.';
  const overhead = eventBytes === 0 ? 0 : (billedBytes / eventBytes - 1) * 100;
  const facts: [string, string][] = [
    [
      'Events',
      `${formatCount(eventsGenerated)} made, ${formatCount(eventsAccepted)} acknowledged, ${formatCount(rowsInLake)} rows in the lake${whole ? ` ${green('✓')}` : ''}`,
    ],
    [
      'Lake',
      `${plural(result.files, 'Parquet file')} in ${plural(result.partitions, 'partition')}, ${formatBytes(result.lakeBytes)}`,
    ],
    [
      'Low stock',
      `${plural(result.lowStockPairs, 'shelf', 'shelves')}; ${formatCount(result.lowStockPairs - result.restockRequests)} covered by what is on order, ${plural(result.restockRequests, 'restock request')}`,
    ],
    [
      'Trucks',
      `${plural(result.truckMessages, 'request')} received, ${plural(result.truckLoads, 'load')} sent, ${plural(result.truckUnits, 'unit')}`,
    ],
    [
      'Speed',
      `${formatCount(Math.round(result.eventsPerSecond))} events/s; everything took ${formatDuration(result.seconds * 1000)}`,
    ],
    [
      'Billed',
      `${formatBytes(billedBytes)} for ${formatBytes(eventBytes)} of events (+${overhead.toFixed(2)} %): ${formatDollars(result.dollars)} on AWS`,
    ],
    ['Files', where],
  ];
  const table = formatTable(
    [
      { title: 'store' },
      { title: 'city' },
      { title: 'product' },
      { title: 'stock', align: 'right' },
      { title: 'reorder at', align: 'right' },
      { title: 'on order', align: 'right' },
    ],
    result.lowStock.map((row) => [
      row.store,
      row.city,
      row.product,
      formatCount(row.currentStock),
      formatCount(row.minThreshold),
      formatCount(row.onOrder),
    ]),
    terminal,
    2,
  );
  const usual = join(findProject(terminal.cwd).folder, defaultDataDir);
  const data = resolve(terminal.cwd, out) === usual ? '' : ` --data ${shellWord(out)}`;
  const title = `${plural(result.stores, 'store')}, ${plural(result.products, 'product')}, ${plural(result.days, 'day')}: end-to-end run`;
  return [
    '',
    bold(title),
    '',
    ...facts.map(([name, value]) => `  ${dim(name.padEnd(10))} ${value}`),
    '',
    ...(result.lowStock.length === 0
      ? [dim('  No shelf is below its reorder point.')]
      : [bold('  Furthest below the reorder point'), '', ...table.split('\n').map((line) => `  ${line}`)]),
    '',
    bold('  Try next'),
    '',
    commandList(
      [
        [`store query --named turnover${data}`, 'query the lake by SQL'],
        ['store up', 'watch it live, and break things'],
        ['store generate --max-events 5', 'look at some events'],
      ],
      terminal,
      { styles: { command: cyan, purpose: dim } },
    ),
    '',
  ].join('\n');
}
