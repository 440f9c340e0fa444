import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A message as a queue got it. */
export interface QueuedMessage {
  readonly queueUrl: string;
  readonly body: string;
  readonly groupId: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** What happens to calls of Firehose; all of it counted in calls, so that a run is the same each time. */
export interface NullFaults {
  /** Every so many records one is throttled; 0 for none. */
  readonly throttleEvery?: number;
  /** Every so many calls the connection is reset before anything is taken; 0 for none. */
  readonly resetEvery?: number;
  /** Acknowledgements wait so long, in milliseconds. */
  readonly ackDelayMs?: number;
}

/** The smallest thing that answers as Firehose, SQS, Athena and EventBridge do, in memory. */
export interface NullAws {
  readonly url: string;
  /** Every line of every record taken, by delivery stream. */
  readonly streams: ReadonlyMap<string, readonly string[]>;
  readonly messages: readonly QueuedMessage[];
  readonly busEvents: readonly string[];
  /** SQL that was asked; `answers` hold what is answered: column names, then rows. */
  readonly queries: readonly string[];
  answers: (readonly (readonly string[])[])[];
  faults: NullFaults;
  close(): Promise<void>;
}

interface Entry {
  readonly Id: string;
  readonly MessageBody: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
}

/** Starts one on a free port of this machine. */
export async function startNullAws(): Promise<NullAws> {
  const streams = new Map<string, string[]>();
  const messages: QueuedMessage[] = [];
  const busEvents: string[] = [];
  const queries: string[] = [];
  let records = 0;
  let calls = 0;

  const putRecordBatch = (input: {
    DeliveryStreamName: string;
    Records: readonly { Data: string }[];
  }): object => {
    const lines = streams.get(input.DeliveryStreamName) ?? [];
    streams.set(input.DeliveryStreamName, lines);
    const { throttleEvery = 0 } = aws.faults;
    const responses = input.Records.map(({ Data }) => {
      if (throttleEvery > 0 && ++records % throttleEvery === 0) {
        return { ErrorCode: 'ServiceUnavailableException', ErrorMessage: 'Slow down.' };
      }
      const found = Buffer.from(Data, 'base64').toString('utf8').split('\n');
      for (const line of found) if (line !== '') lines.push(line);
      return { RecordId: `r${records}` };
    });
    return { FailedPutCount: responses.filter((r) => 'ErrorCode' in r).length, RequestResponses: responses };
  };

  const actions: Readonly<Record<string, (input: never) => object>> = {
    PutRecordBatch: putRecordBatch,
    SendMessageBatch(input: { QueueUrl: string; Entries: readonly Entry[] }) {
      for (const entry of input.Entries) {
        messages.push({
          queueUrl: input.QueueUrl,
          body: entry.MessageBody,
          groupId: entry.MessageGroupId,
          deduplicationId: entry.MessageDeduplicationId,
        });
      }
      return { Successful: input.Entries.map(({ Id }) => ({ Id })), Failed: [] };
    },
    PutEvents(input: { Entries: readonly { Detail: string }[] }) {
      busEvents.push(...input.Entries.map(({ Detail }) => Detail));
      return { FailedEntryCount: 0, Entries: [] };
    },
    StartQueryExecution(input: { QueryString: string }) {
      queries.push(input.QueryString);
      return { QueryExecutionId: `q${queries.length}` };
    },
    GetQueryExecution: () => ({
      QueryExecution: { Status: { State: 'SUCCEEDED' }, Statistics: { DataScannedInBytes: 1000 } },
    }),
    GetQueryResults(input: { QueryExecutionId: string; NextToken?: string }) {
      const [columns = [], ...rows] = aws.answers[Number(input.QueryExecutionId.slice(1)) - 1] ?? [];
      const toRow = (row: readonly string[]): object => ({
        Data: row.map((VarCharValue) => ({ VarCharValue })),
      });
      const metadata = { ResultSetMetadata: { ColumnInfo: columns.map((Name) => ({ Name })) } };
      // Two pages, as soon as there are rows: the second has no heading.
      if (input.NextToken !== undefined) {
        return { ResultSet: { Rows: rows.slice(1).map(toRow), ...metadata } };
      }
      const page = { ResultSet: { Rows: [columns, ...rows.slice(0, 1)].map(toRow), ...metadata } };
      return rows.length > 1 ? { ...page, NextToken: 'more' } : page;
    },
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    const { resetEvery = 0, ackDelayMs = 0 } = aws.faults;
    const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
    if (action === 'PutRecordBatch' && resetEvery > 0 && ++calls % resetEvery === 0) {
      request.socket.resetAndDestroy();
      return;
    }
    // A delay before the call counts: what is taken after the handler's answer must be seen as late.
    if (ackDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, ackDelayMs));
    const answer = actions[action]?.(JSON.parse(body) as never) ?? { __type: 'UnknownOperationException' };
    response.writeHead('__type' in answer ? 400 : 200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const aws: NullAws = {
    url: `http://127.0.0.1:${port}`,
    streams,
    messages,
    busEvents,
    queries,
    answers: [],
    faults: {},
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return aws;
}
