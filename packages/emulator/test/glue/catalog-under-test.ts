import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchCreatePartitionCommand,
  type Column,
  CreateTableCommand,
  GetPartitionsCommand,
  GetTableCommand,
  GlueClient,
  type Partition,
  type Table,
  type TableInput,
} from '@aws-sdk/client-glue';
import { type GlueTableInput, toTableInput } from '@store/glue-schema';
import { pushTable, type PushTableOptions } from '@store/glue-schema/catalog';
import { startEmulator } from '../../src/index.js';
import { hasMoto, startMoto } from './moto.js';

/** The database of every table here. */
export const databaseName = 'shop';

/** Columns of another team, with types that Hive has not. */
export const foreign: readonly Column[] = [
  { Name: 'theirs', Type: 'integer', Comment: 'Of another team.' },
  { Name: 'span', Type: 'interval_day_time' },
  { Name: 'nothing', Type: 'struct<>' },
  { Name: 'dashed', Type: 'struct<a-b:string>' },
  { Name: 'odd', Type: 'unknown' },
];

/** Our table: `id` and more columns of integers. */
export function ours(
  name: string,
  more: readonly string[] = [],
  options: Partial<Parameters<typeof toTableInput>[1]> = {},
): GlueTableInput {
  const columns = ['id', ...more].map(
    (column) => ({ name: column, type: { kind: 'int' }, optional: true }) as const,
  );
  return toTableInput(
    { name: 'Order', columns },
    { tableName: name, location: `s3://lake/${name}/`, ...options },
  );
}

/** A table that others made, with its columns. */
export function made(name: string, columns: readonly Column[], more: Partial<TableInput> = {}): TableInput {
  const base = ours(name);
  return {
    ...base,
    ...more,
    StorageDescriptor: { ...base.StorageDescriptor, ...more.StorageDescriptor, Columns: [...columns] },
  };
}

interface Endpoint {
  readonly endpoint: string;
  close(): unknown;
}

/** What a catalog is tested against. */
export const endpoints: readonly { of: string; skip: boolean; open: () => Promise<Endpoint> }[] = [
  { of: 'the embedded Glue', skip: false, open: openEmbedded },
  { of: 'moto', skip: !hasMoto, open: startMoto },
];

async function openEmbedded(): Promise<Endpoint> {
  const folder = await mkdtemp(join(tmpdir(), 'catalog-under-test-'));
  const emulator = await startEmulator({ dataDir: folder });
  return {
    endpoint: emulator.endpoint,
    close: async () => {
      await emulator.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** A catalog, and what tests do with it. */
export class CatalogUnderTest {
  readonly glue: GlueClient;
  readonly #endpoint: Endpoint;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
    this.glue = this.client();
  }

  /** One more client of it. */
  client(): GlueClient {
    return new GlueClient({
      endpoint: this.#endpoint.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  }

  async close(): Promise<void> {
    this.glue.destroy();
    await this.#endpoint.close();
  }

  push(table: GlueTableInput, more: Partial<PushTableOptions> = {}): ReturnType<typeof pushTable> {
    return pushTable(this.glue, { databaseName, table, ...more });
  }

  async create(input: TableInput): Promise<void> {
    await this.glue.send(new CreateTableCommand({ DatabaseName: databaseName, TableInput: input }));
  }

  async read(Name: string): Promise<Table> {
    const { Table: found } = await this.glue.send(new GetTableCommand({ DatabaseName: databaseName, Name }));
    return found ?? { Name };
  }

  async columnsOf(name: string): Promise<readonly Column[]> {
    return (await this.read(name)).StorageDescriptor?.Columns ?? [];
  }

  async partitionsOf(name: string): Promise<readonly Partition[]> {
    const found: Partition[] = [];
    let NextToken: string | undefined;
    do {
      const token = NextToken === undefined ? {} : { NextToken };
      const input = { DatabaseName: databaseName, TableName: name, ...token };
      const page = await this.glue.send(new GetPartitionsCommand(input));
      found.push(...(page.Partitions ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  }

  /** Registers a partition for each day, with these columns. */
  async register(name: string, days: readonly string[], columns: readonly Column[]): Promise<void> {
    const storage = { ...ours(name).StorageDescriptor, Columns: [...columns] };
    for (let at = 0; at < days.length; at += 100) {
      const PartitionInputList = days.slice(at, at + 100).map((day) => ({
        Values: [day],
        Parameters: { kept: day },
        StorageDescriptor: { ...storage, Location: `s3://lake/${name}/day=${day}/` },
      }));
      await this.glue.send(
        new BatchCreatePartitionCommand({ DatabaseName: databaseName, TableName: name, PartitionInputList }),
      );
    }
  }
}
