import { createHash } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A call as it came. */
export interface RecordedCall {
  /** Of `X-Amz-Target`, without the protocol's version: `PutRecordBatch`. */
  readonly action: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What is answered. */
export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
  /** The connection stays open, and nothing comes. */
  readonly silent?: boolean;
}

/** AWS's JSON services on one port, which remember every call and answer as the test wants. */
export interface AwsRecorder {
  readonly url: string;
  readonly calls: readonly RecordedCall[];
  /** Actions of the calls, in order. */
  actions(): readonly string[];
  /** The next answers to an action, first one first; then it is answered as AWS would. */
  answers(action: string, ...answers: readonly Answer[]): void;
  forget(): void;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine. */
export async function startAwsRecorder(): Promise<AwsRecorder> {
  const calls: RecordedCall[] = [];
  const planned = new Map<string, Answer[]>();
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const target = String(request.headers['x-amz-target'] ?? '');
      const action = target.slice(target.indexOf('.') + 1);
      calls.push({ action, headers: request.headers, body });
      const answer = planned.get(action)?.shift() ?? { body: usualAnswer(action, body) };
      if (answer.silent === true) return;
      response.writeHead(answer.status ?? 200, {
        'content-type': 'application/x-amz-json-1.1',
        ...answer.headers,
      });
      response.end(JSON.stringify(answer.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    actions: () => calls.map(({ action }) => action),
    answers(action, ...answers) {
      planned.set(action, [...answers]);
    },
    forget() {
      calls.length = 0;
      planned.clear();
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** What AWS would answer to a call that goes well. */
function usualAnswer(action: string, body: string): object {
  const input = JSON.parse(body === '' ? '{}' : body) as {
    Records?: readonly unknown[];
    Entries?: readonly { Id?: string; MessageBody?: string }[];
  };
  const { Records = [], Entries = [] } = input;
  switch (action) {
    case 'PutRecordBatch':
      return { FailedPutCount: 0, RequestResponses: Records.map((_, n) => ({ RecordId: `r${n}` })) };
    case 'SendMessageBatch':
      return {
        Failed: [],
        Successful: Entries.map(({ Id, MessageBody = '' }) => ({
          Id,
          MessageId: `m${Id ?? ''}`,
          MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
        })),
      };
    case 'StartQueryExecution':
      return { QueryExecutionId: 'q' };
    case 'GetQueryExecution':
      return {
        QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 0 } },
      };
    case 'GetQueryResults':
      return { ResultSet: { Rows: [], ResultSetMetadata: { ColumnInfo: [] } } };
    default:
      return {};
  }
}
