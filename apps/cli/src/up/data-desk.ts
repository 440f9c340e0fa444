import type { FileAnswer, FilesAnswer, ParquetFile, RequestsAnswer, TraceAnswer } from '@store/page-protocol';
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { EventPartitioning } from '@store/schema';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { managedWorkGroup, queryAthena } from '../aws/athena.js';
import { inventoryBuffering } from '../inventory/lake.js';
import { names } from '../inventory/names.js';
import { partitionOf, runNames } from '../inventory/runs.js';
import { sqlFile, sqlText, withDuckDb } from '../local/duckdb.js';
import { objectsOf } from '../query/query-result.js';
import { readWaiting, type WaitingRecords } from './data-buffers.js';
import type { LakeFile, LakeFiles } from './data-files.js';
import type { RequestLog } from './data-requests.js';
import type { WireLog } from './data-wire.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';

/** What the Data view looks at. */
export interface DataDeskOptions {
  readonly endpoint: Pick<RestartableEndpoint, 'url' | 'isDown' | 'flush'>;
  readonly files: LakeFiles;
  readonly wire: WireLog;
  readonly requests: RequestLog;
  readonly sqs: Pick<SQSClient, 'send'>;
  readonly athena: AthenaClient;
  readonly queueUrl: string;
  readonly partitioning: Pick<EventPartitioning, 'key'>;
}

/** Files of one answer. */
const mostFiles = 500;

/** Answers the page's Data view about what is behind the producer. */
export class DataDesk {
  readonly #options: DataDeskOptions;

  #workGroup: string | undefined;

  constructor(options: DataDeskOptions) {
    this.#options = options;
  }

  /** The Parquet files, of one run or of all, and when the next one is written. */
  async files(run?: number): Promise<FilesAnswer> {
    const [all, waiting] = await Promise.all([this.#options.files.list(), this.waiting()]);
    const files = run === undefined ? all : all.filter(({ key }) => key.includes(`/${runNames.key}=${run}/`));
    const data = waiting?.buffers.filter(({ kind }) => kind === 'data') ?? [];
    const oldest = Math.min(...data.map(({ openedAt }) => Date.parse(openedAt)));
    const sum = (value: (file: LakeFile) => number): number =>
      files.reduce((total, file) => total + value(file), 0);
    return {
      files: files.length,
      rows: sum(({ rows }) => rows),
      bytes: sum(({ bytes }) => bytes),
      shown: files.slice(0, mostFiles).map(parquetFile),
      ...(waiting === undefined ? {} : { waitingRows: data.reduce((all, { records }) => all + records, 0) }),
      ...(data.length === 0
        ? {}
        : { nextAt: new Date(oldest + inventoryBuffering.IntervalInSeconds * 1000).toISOString() }),
    };
  }

  /** What is in one file, column by column; undefined where there is no such file. */
  async file(key: string): Promise<FileAnswer | undefined> {
    const file = (await this.#options.files.list()).find((one) => one.key === key);
    if (file === undefined) return undefined;
    const rows = await withDuckDb(async (connection) => {
      const reader = await connection.runAndReadAll(
        `select path_in_schema, any_value(type), any_value(compression), sum(total_compressed_size)
        from parquet_metadata(${sqlFile(file.path)}) group by 1 order by min(column_id)`,
      );
      return reader.getRows();
    });
    return {
      file: parquetFile(file),
      columns: rows.map(([name, type, codec, bytes]) => ({
        name: String(name).replaceAll(', ', '.'),
        type: String(type),
        codec: String(codec).toLowerCase(),
        bytes: Number(bytes),
      })),
    };
  }

  /** Where an event went: its record, its object, and the request for its shelf. */
  async trace(event: EventAddress, signal: AbortSignal): Promise<TraceAnswer> {
    const { wire, requests } = this.#options;
    const record = wire.find(event.eventId);
    const request = requests.ofShelf(event.storeId, event.productId);
    const object = await this.object(event, signal);
    return {
      ...(record === undefined ? {} : { record }),
      ...(object === undefined ? {} : { object }),
      ...(request === undefined ? {} : { request }),
    };
  }

  /** The object of an event's row; undefined while there is no row, or nobody can tell. */
  async object(
    { eventId, eventTime, run }: Pick<EventAddress, 'eventId' | 'eventTime' | 'run'>,
    signal: AbortSignal,
  ): Promise<TraceAnswer['object']> {
    const { endpoint, files, athena, partitioning } = this.#options;
    if (endpoint.isDown) return undefined;
    this.#workGroup ??= await managedWorkGroup(athena);
    // The hidden column of every table: the address of each row's object.
    const ofRun = run === undefined ? '' : ` and run = ${run}`;
    const time = `${partitioning.key} = ${sqlText(partitionOf(eventTime, partitioning))}`;
    const where = `event_id = ${sqlText(eventId)} and ${time}${ofRun}`;
    const found = await queryAthena(
      athena,
      `select "$path" as path from ${runNames.allEvents} where ${where} limit 1`,
      {
        database: names.database,
        signal,
        workGroup: this.#workGroup,
      },
    );
    const [row] = objectsOf(found);
    if (row === undefined) return undefined;
    const key = String(row.path).replace(`s3://${names.bucket}/`, '');
    return { key, isWritten: (await files.list()).some((file) => file.key === key) };
  }

  /** The queue of the trucks, and the requests. */
  async requests(): Promise<RequestsAnswer> {
    const { sqs, queueUrl, requests, endpoint } = this.#options;
    if (endpoint.isDown) return requests.newest();
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: queueUrl,
        AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
      }),
    );
    const queue = {
      waiting: Number(Attributes.ApproximateNumberOfMessages ?? 0),
      taken: Number(Attributes.ApproximateNumberOfMessagesNotVisible ?? 0),
    };
    return { queue, ...requests.newest() };
  }

  /** Records that wait in the delivery stream; undefined while the endpoint is down. */
  async waiting(): Promise<WaitingRecords | undefined> {
    const { endpoint } = this.#options;
    return endpoint.isDown ? undefined : readWaiting(endpoint.url);
  }

  /** Writes everything that waits. */
  async flush(): Promise<void> {
    await this.#options.endpoint.flush();
  }
}

/** What an event is found by. */
export interface EventAddress {
  readonly eventId: string;
  /** ISO 8601; it says in which partition the event is. */
  readonly eventTime: string;
  /** Its run. @defaultValue any */
  readonly run?: number | undefined;
  readonly storeId: string;
  readonly productId: string;
}

const parquetFile = ({ key, rows, bytes, writtenAtMs }: LakeFile): ParquetFile => ({
  key,
  partition: key
    .split('/')
    .filter((part) => part.includes('='))
    .join('/'),
  rows,
  bytes,
  writtenAt: new Date(writtenAtMs).toISOString(),
});
