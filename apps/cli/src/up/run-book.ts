import type { AthenaClient } from '@aws-sdk/client-athena';
import type { TableInput } from '@aws-sdk/client-glue';
import { toDuckDbColumns, toTableInput, type TableSchema } from '@store/glue-schema';
import type { FaultName } from '@store/page-protocol';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { managedWorkGroup, queryAthena } from '../aws/athena.js';
import type { ClientOptions } from '../aws/client-options.js';
import { names } from '../inventory/names.js';
import { eventsOfRun, runNames } from '../inventory/runs.js';
import { sqlText, withDuckDb } from '../local/duckdb.js';
import type { WorldFlags } from '../options/world-flags.js';

/** What a run is, as a row of the table `runs`. */
export interface RunRow {
  readonly run: number;
  /** Instants of real time, ISO 8601. */
  readonly began_at: string;
  readonly ended_at: string | null;
  /** What began it. */
  readonly reason: 'started' | 'moved';
  /** World time at which it begins, ISO 8601. */
  readonly world_time: string;
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  readonly start_day: string;
  readonly seed: number;
  readonly preset: string | null;
  readonly world_file: string | null;
  /** Times real time. */
  readonly speed: number;
  /** Those that were switched on, in the order of their first time. */
  readonly faults: readonly FaultName[];
}

const text = { kind: 'string' } as const;
const instant = { kind: 'timestamp', wire: 'iso' } as const;
const whole = { kind: 'int' } as const;

const runsSchema: TableSchema & {
  readonly columns: readonly (TableSchema['columns'][number] & { readonly name: keyof RunRow })[];
} = {
  name: 'Run',
  comment: 'What one run of a world was; its events are those of the same number.',
  columns: [
    { name: 'run', type: whole, comment: 'Number of the run, from 1.' },
    { name: 'began_at', type: instant, comment: 'When it began, in real time.' },
    { name: 'ended_at', type: instant, nullable: true, comment: 'When it ended; null while it plays.' },
    {
      name: 'reason',
      type: text,
      comment: 'What began it: the world was started, or moved to another time.',
    },
    { name: 'world_time', type: instant, comment: 'Time of the world at which it begins.' },
    { name: 'stores', type: whole, comment: 'Stores of the world.' },
    { name: 'products', type: whole, comment: 'Products of the world.' },
    { name: 'days', type: whole, comment: 'Days of the world.' },
    { name: 'start_day', type: text, comment: 'First day of the world.' },
    { name: 'seed', type: { kind: 'bigint', wire: 'number' }, comment: 'Seed of the world.' },
    { name: 'preset', type: text, nullable: true, comment: 'Preset of the world, where one was named.' },
    { name: 'world_file', type: text, nullable: true, comment: 'File of the world, where one was named.' },
    { name: 'speed', type: { kind: 'double' }, comment: 'Times real time, as set last.' },
    {
      name: 'faults',
      type: { kind: 'array', element: text },
      comment: 'Faults that were on in the run: throttle, reset, kill.',
    },
  ],
};

const folder = `${runNames.runs}/`;
const objectKey = `${folder}runs.parquet`;

/** The Glue table of the runs. */
export const runBookTable = (): TableInput =>
  toTableInput(runsSchema, { tableName: runNames.runs, location: `s3://${names.bucket}/${folder}` });

/** What the book is written with. */
export interface RunBookOptions {
  readonly athena: AthenaClient;
  /** Of the client that puts the rows, which is loaded when it first does. */
  readonly s3: ClientOptions;
  readonly world: Pick<WorldFlags, 'seed' | 'preset' | 'world'>;
  /** Folder for the file that is put. */
  readonly folder: string;
}

/** How a run begins, and of which world it is. */
export type RunBeginning = Omit<
  RunRow,
  'began_at' | 'ended_at' | 'seed' | 'preset' | 'world_file' | 'faults'
>;

/**
 * The runs of a lake: one row of the table `runs` for each, and the view `inventory_events`, which is the newest. It is
 * kept here and written when the endpoint answers.
 */
export class RunBook {
  readonly #options: RunBookOptions;
  readonly #rows: RunRow[] = [];
  /** Run that the view is of. */
  #viewed = 0;
  #isWritten = true;
  #viewing: Promise<void> | undefined;
  #workGroup: string | undefined;

  constructor(options: RunBookOptions) {
    this.#options = options;
  }

  /** Number of the newest run; 0 before the first. */
  get newest(): number {
    return this.#rows.at(-1)?.run ?? 0;
  }

  /** A run begins, which ends the one before. */
  begin(beginning: RunBeginning, now: number): void {
    this.end(now);
    const { seed, preset, world } = this.#options.world;
    this.#rows.push({
      ...beginning,
      began_at: new Date(now).toISOString(),
      ended_at: null,
      seed,
      preset: preset ?? null,
      world_file: world ?? null,
      faults: [],
    });
    this.#isWritten = false;
  }

  /** The newest run has another speed. */
  setSpeed(speed: number): void {
    this.#change({ speed });
  }

  /** A fault is on in the newest run. */
  addFault(fault: FaultName): void {
    const faults = this.#rows.at(-1)?.faults ?? [];
    if (!faults.includes(fault)) this.#change({ faults: [...faults, fault] });
  }

  /** The newest run is over. */
  end(now: number): void {
    this.#change({ ended_at: new Date(now).toISOString() });
  }

  #change(change: Partial<RunRow>): void {
    const last = this.#rows.pop();
    if (last === undefined) return;
    this.#rows.push({ ...last, ...change });
    this.#isWritten = false;
  }

  /** Makes the view that of the newest run, where it is not; who asks meanwhile waits for the same. */
  async view(): Promise<void> {
    this.#viewing ??= this.#view().finally(() => {
      this.#viewing = undefined;
    });
    return this.#viewing;
  }

  /** Writes what is not written yet: the view, then the rows. One call at a time. */
  async write(): Promise<void> {
    await this.view();
    if (this.#isWritten) return;
    // What changes from here on is written the next time.
    this.#isWritten = true;
    try {
      await this.#put([...this.#rows]);
    } catch (error) {
      this.#isWritten = false;
      throw error;
    }
  }

  /** The number of the run is in the view, so that a query opens no file of another. */
  async #view(): Promise<void> {
    const { athena } = this.#options;
    const run = this.newest;
    if (run === this.#viewed) return;
    this.#workGroup ??= await managedWorkGroup(athena);
    await queryAthena(athena, `create or replace view ${names.table} as ${eventsOfRun(run)}`, {
      database: names.database,
      workGroup: this.#workGroup,
    });
    this.#viewed = run;
  }

  async #put(rows: readonly RunRow[]): Promise<void> {
    const { PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
    const file = join(this.#options.folder, 'runs.parquet');
    const types = toDuckDbColumns(runsSchema);
    const selects = rows.map((row) => {
      const values: Readonly<Record<string, unknown>> = { ...row };
      return `select ${types.map(({ name, type }) => `cast(${literal(values[name])} as ${type}) as ${name}`).join(', ')}`;
    });
    await withDuckDb(async (connection) =>
      connection.run(`copy (${selects.join(' union all ')}) to ${sqlText(file)} (format parquet)`),
    );
    const client = new S3Client({ ...this.#options.s3, forcePathStyle: true });
    try {
      await client.send(
        new PutObjectCommand({ Bucket: names.bucket, Key: objectKey, Body: await readFile(file) }),
      );
    } finally {
      client.destroy();
      await rm(file, { force: true });
    }
  }
}

/** A value of a row as SQL; instants lose their zone, which is UTC. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return 'null';
  return sqlText(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) ? value.slice(0, -1) : value);
}
