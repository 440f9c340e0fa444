import { GetTablesCommand, type Column, type GlueClient } from '@aws-sdk/client-glue';
import { systemClock } from '@store/foundation';
import type { SchemaAnswer, SqlAnswer, SqlColumn, SqlRequest, TableColumn } from '@store/page-protocol';
import { names } from '../inventory/names.js';
import { viewOfRun } from '../inventory/runs.js';
import type { LakeReadOptions, RowSink } from '../query/lake.js';
import { readWaiting } from './data-buffers.js';
import type { LakeFiles } from './data-files.js';
import type { EndpointReadOptions } from './endpoint-process.js';
import type { RunBook } from './run-book.js';
import type { PlainValue } from './sql-streams.js';

/** What the SQL of the page runs on. */
export interface SqlDeskOptions {
  readonly endpoint: {
    readonly url: string;
    stream(sql: string, sink: RowSink, options: EndpointReadOptions): Promise<void>;
  };
  readonly book: Pick<RunBook, 'newest' | 'view'>;
  readonly glue: Pick<GlueClient, 'send'>;
  readonly files: Pick<LakeFiles, 'list'>;
}

/** Rows of a statement that the page shows. */
export const shownRows = 1000;

/** Answers the page's SQL view. */
export class SqlDesk {
  readonly #options: SqlDeskOptions;

  constructor(options: SqlDeskOptions) {
    this.#options = options;
  }

  /** Runs one statement, which only reads; the signal ends it, and nothing but it. */
  async run(request: SqlRequest, signal: AbortSignal): Promise<SqlAnswer> {
    const startedAt = systemClock.now();
    let columns: readonly SqlColumn[] = [];
    const rows: (readonly PlainValue[])[] = [];
    await this.stream(
      request,
      {
        columns(found) {
          columns = found;
        },
        rows(some) {
          // The parse boundary: the endpoint's process sends plain values only.
          for (const row of some) rows.push(row as readonly PlainValue[]);
        },
      },
      // One more than is shown tells whether there are more.
      { signal, firstRows: shownRows + 1 },
    );
    const elapsedMs = Math.round(systemClock.now() - startedAt);
    const [files, waiting] = await Promise.all([
      this.#options.files.list(),
      readWaiting(this.#options.endpoint.url),
    ]);
    return {
      columns,
      rows: rows.slice(0, shownRows),
      elapsedMs,
      cut: rows.length > shownRows,
      lake: {
        files: files.length,
        waitingRows: waiting.buffers.reduce(
          (sum, { kind, records }) => sum + (kind === 'data' ? records : 0),
          0,
        ),
      },
    };
  }

  /** Hands the rows of a statement over; it sees the events of its run, or else of the newest. */
  async stream({ sql, run }: SqlRequest, sink: RowSink, options: LakeReadOptions): Promise<void> {
    const { endpoint, book } = this.#options;
    await endpoint.stream(sql, sink, { ...options, views: viewOfRun(sql, run ?? book.newest) });
  }

  /** Tables of the lake with their columns, as the catalog has them. */
  async schema(): Promise<SchemaAnswer> {
    const { book, glue } = this.#options;
    // Just after the start, the view may not be there yet.
    await book.view();
    const { TableList = [] } = await glue.send(new GetTablesCommand({ DatabaseName: names.database }));
    const tables = TableList.map(({ Name = '', TableType, StorageDescriptor, PartitionKeys = [] }) => ({
      name: Name,
      isView: TableType === 'VIRTUAL_VIEW',
      columns: [
        ...(StorageDescriptor?.Columns ?? []).map((column) => columnOf(column, false)),
        ...PartitionKeys.map((column) => columnOf(column, true)),
      ],
    }));
    return { tables: tables.sort((a, b) => (a.name < b.name ? -1 : 1)) };
  }
}

const columnOf = ({ Name = '', Type = '', Comment = '' }: Column, isPartition: boolean): TableColumn => ({
  name: Name,
  type: Type,
  comment: Comment,
  isPartition,
});
