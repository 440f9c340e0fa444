import { explainError } from '../terminal/explain-error.js';
import { CliError } from '../terminal/errors.js';
import { parseSql } from './page-requests.js';
import type { PageRoute, RouteAnswer } from './page-routes.js';
import { SqlDesk, type SqlDeskOptions } from './sql-desk.js';
import { download } from './sql-download.js';
import { sqlPlace } from './sql-place.js';

/** What the SQL view's part of the server works on. */
export interface SqlRoutesOptions extends SqlDeskOptions {
  /** Folder for rows that are downloaded, until they are. */
  readonly folder: string;
}

/** What the SQL view asks for. Who leaves before the answer ends the statement. */
export function sqlRoutes(options: SqlRoutesOptions): readonly PageRoute[] {
  const desk = new SqlDesk(options);
  return [
    {
      method: 'POST',
      path: '/api/query',
      answer: async ({ body, gone }) => orPlace(async () => ({ json: await desk.run(parseSql(body), gone) })),
    },
    {
      method: 'POST',
      path: '/api/download',
      answer: async ({ body, gone }) =>
        orPlace(async () => download(desk, parseSql(body), formatOf(body), options.folder, gone)),
    },
    {
      method: 'GET',
      path: '/api/schema',
      answer: async () => ({ json: await desk.schema() }),
    },
  ];
}

/** What is wrong with a statement, and where. */
async function orPlace(work: () => Promise<RouteAnswer>): Promise<RouteAnswer> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CliError) || error.code === 'BAD_REQUEST') throw error;
    const { message, line, column } = sqlPlace(explainError(error).message);
    return {
      status: 400,
      json: {
        error: message,
        ...(line === undefined ? {} : { line }),
        ...(column === undefined ? {} : { column }),
      },
    };
  }
}

function formatOf(body: unknown): 'csv' | 'parquet' {
  const format = typeof body === 'object' && body !== null && 'format' in body ? body.format : undefined;
  if (format === 'csv' || format === 'parquet') return format;
  throw new CliError('BAD_REQUEST', 'Expected the format csv or parquet.');
}
