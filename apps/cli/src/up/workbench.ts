import { join } from 'node:path';
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { FirehoseClient } from '@aws-sdk/client-firehose';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { SQSClient } from '@aws-sdk/client-sqs';
import type { EventPartitioning } from '@store/schema';
import { DataDesk } from './data-desk.js';
import { EventRing } from './data-events.js';
import { LakeFiles } from './data-files.js';
import { RequestLog } from './data-requests.js';
import { dataRoutes } from './data-routes.js';
import { WireLog } from './data-wire.js';
import type { PageRoute } from './page-routes.js';
import { RecordSender } from './record-sender.js';
import type { RestartableEndpoint } from './restartable-endpoint.js';
import type { RunBook } from './run-book.js';
import { sqlRoutes } from './sql-routes.js';

/** The parts of the chain that the workbench looks into. */
export interface WorkbenchOptions {
  readonly endpoint: RestartableEndpoint;
  readonly glue: GlueClient;
  readonly firehose: FirehoseClient;
  readonly sqs: SQSClient;
  readonly athena: AthenaClient;
  readonly queueUrl: string;
  /** Folder of everything. */
  readonly dataDir: string;
  readonly book: Pick<RunBook, 'newest' | 'view'>;
  /** How the lake is laid out. */
  readonly partitioning: Pick<EventPartitioning, 'key'>;
}

/**
 * What is behind the page's Data and SQL views: taps that the chain runs through, each of which keeps the
 * newest of what passes, and the routes that tell of it.
 */
export interface Workbench {
  readonly events: EventRing;
  readonly wire: WireLog;
  readonly requests: RequestLog;
  readonly routes: readonly PageRoute[];
}

/** Opens the workbench on a chain. */
export function openWorkbench(options: WorkbenchOptions): Workbench {
  const { endpoint, glue, firehose, sqs, athena, queueUrl, dataDir, book, partitioning } = options;
  const { lakeDir } = endpoint;
  const files = new LakeFiles(lakeDir);
  const events = new EventRing();
  const wire = new WireLog();
  const requests = new RequestLog();
  const desk = new DataDesk({ endpoint, files, wire, requests, sqs, athena, queueUrl, partitioning });
  const sender = new RecordSender({ firehose, desk, lakeDir });
  return {
    events,
    wire,
    requests,
    routes: [
      ...sqlRoutes({ endpoint, glue, files, book, folder: join(dataDir, 'downloads') }),
      ...dataRoutes({ events, wire, desk, sender, lakeDir }),
    ],
  };
}
