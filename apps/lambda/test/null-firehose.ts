import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** The smallest thing that answers as Firehose does, in memory: accepted records can be read at any instant. */
export interface NullFirehose {
  readonly url: string;
  /** Every line of every record taken, by delivery stream. */
  readonly streams: ReadonlyMap<string, readonly string[]>;
  close(): Promise<void>;
}

/** Starts one on a free port of this machine. Each call waits so long before anything is taken, in milliseconds. */
export async function startNullFirehose({
  ackDelayMs = 0,
}: { readonly ackDelayMs?: number } = {}): Promise<NullFirehose> {
  const streams = new Map<string, string[]>();

  const putRecordBatch = (input: {
    DeliveryStreamName: string;
    Records: readonly { Data: string }[];
  }): object => {
    const lines = streams.get(input.DeliveryStreamName) ?? [];
    streams.set(input.DeliveryStreamName, lines);
    for (const { Data } of input.Records) {
      const found = Buffer.from(Data, 'base64').toString('utf8').split('\n');
      for (const line of found) if (line !== '') lines.push(line);
    }
    return { FailedPutCount: 0, RequestResponses: input.Records.map((_, n) => ({ RecordId: `r${n}` })) };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    // A delay before the call counts: what is taken after the handler's answer must be seen as late.
    if (ackDelayMs > 0) await new Promise((resolve) => setTimeout(resolve, ackDelayMs));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(putRecordBatch(JSON.parse(body) as never)));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      response.writeHead(500).end(String(error));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    streams,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
