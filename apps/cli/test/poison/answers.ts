import { FirehoseClient } from '@aws-sdk/client-firehose';
import { createFirehoseProducer } from '@store/firehose';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import type { Chance } from './chance.js';

/**
 * Sends events to a server that answers some calls with nonsense; returns what broke the law, in words: the ledger
 * must close, every event must be delivered or handed to the dead letter, memory must stay bounded and the end must come.
 */
export async function runAnswerTrial(chance: Chance, events: number): Promise<readonly string[]> {
  const taken = new Set<number>();
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      const records = recordsOf(body);
      if (chance.next() < 0.5) {
        for (const id of records.flat()) taken.add(id);
        const RequestResponses = records.map((_, index) => ({ RecordId: `r-${index}` }));
        answerJson(response, 200, JSON.stringify({ FailedPutCount: 0, RequestResponses }));
      } else chance.pick(hostileAnswers)(response, chance, records.length);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  // A server that listens on a port has an address with one.
  const { port } = server.address() as AddressInfo;
  const client = new FirehoseClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'POISON', secretAccessKey: 'poison' },
  });
  const handed = new Set<number>();
  const producer = createFirehoseProducer<{ readonly id: number }>({
    deliveryStreamName: 'poison',
    client,
    batch: { maxRecords: 3, lingerMs: 1 },
    packing: { maxEvents: 2 },
    memory: { maxBytes: 8 * 1024 * 1024 },
    retry: { baseMs: 1, capMs: 10, maxAttempts: 3 },
    timeouts: { requestMs: 1_500, connectMs: 1_500 },
    deadLetter: (undelivered) => {
      for (const { data } of undelivered) {
        for (const line of Buffer.from(data).toString().trimEnd().split('\n')) handed.add(idOf(line));
      }
    },
  });
  const wrong: string[] = [];
  const before = process.memoryUsage().rss;
  await Promise.allSettled(Array.from({ length: events }, (_, id) => producer.send({ id })));
  await producer.close().catch(() => undefined); // That events failed is expected; where they are is judged below.
  const grown = process.memoryUsage().rss - before;
  const { accepted, delivered, failed, spooled, pending } = producer.stats();
  if (accepted !== delivered + failed + spooled + pending) wrong.push('the ledger does not close');
  if (pending !== 0) wrong.push(`${pending} events are pending after close`);
  for (let id = 0; id < events; id++) {
    if (!taken.has(id) && !handed.has(id)) wrong.push(`event ${id} is neither delivered nor handed over`);
  }
  if (grown > 300 * 1024 * 1024) wrong.push(`memory grew by ${Math.round(grown / 2 ** 20)} MiB`);
  client.destroy();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return wrong;
}

/** Ids of the events in each record of a call. */
function recordsOf(body: Buffer): number[][] {
  // The producer sends the service's own shape.
  const { Records } = JSON.parse(body.toString()) as { Records: { Data: string }[] };
  return Records.map(({ Data }) => Buffer.from(Data, 'base64').toString().trimEnd().split('\n').map(idOf));
}

function idOf(line: string): number {
  // The events above.
  return (JSON.parse(line) as { id: number }).id;
}

function answerJson(response: ServerResponse, status: number, text: string | Buffer): void {
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(text);
}

type HostileAnswer = (response: ServerResponse, chance: Chance, records: number) => void;

const hostileAnswers: readonly HostileAnswer[] = [
  // A body that does not end.
  (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' });
    const chunk = Buffer.alloc(64 * 1024, 0x20);
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', more);
    response.on('error', () => undefined);
    more();
  },
  (response) => {
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '999999999' });
    response.write('{');
  },
  (response, chance) => {
    answerJson(response, 200, chance.bytes(500));
  },
  (response) => {
    answerJson(response, 200, '');
  },
  (response) => {
    answerJson(response, 200, '{}');
  },
  (response) => {
    answerJson(response, 200, 'null');
  },
  (response) => {
    answerJson(response, 200, `${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  },
  (response, _, records) => {
    const RequestResponses = Array.from({ length: records + 1 }, () => ({ RecordId: 'x' }));
    answerJson(response, 200, JSON.stringify({ FailedPutCount: 0, RequestResponses }));
  },
  (response) => {
    answerJson(response, 200, '{"FailedPutCount":-1,"RequestResponses":[]}');
  },
  (response, _, records) => {
    const RequestResponses = Array.from({ length: records }, () => ({ RecordId: 5, ErrorCode: {} }));
    answerJson(response, 200, JSON.stringify({ FailedPutCount: '0', RequestResponses }));
  },
  (response, _, records) => {
    const RequestResponses = Array.from({ length: records }, () => null);
    answerJson(response, 200, JSON.stringify({ FailedPutCount: 0, RequestResponses }));
  },
  (response, _, records) => {
    const RequestResponses = Array.from({ length: records }, () => ({
      ErrorCode: 'ServiceUnavailableException',
      ErrorMessage: '\u001b[2J'.repeat(10_000),
    }));
    answerJson(response, 200, JSON.stringify({ FailedPutCount: records, RequestResponses }));
  },
  (response) => {
    answerJson(response, 400, `{"__type":"ValidationException","message":"${'m'.repeat(100_000)}"}`);
  },
  (response) => {
    answerJson(response, 500, '<html>');
  },
  (response) => {
    answerJson(response, 503, '{"__type":"__proto__"}');
  },
  (response) => {
    response.writeHead(302, { location: 'http://127.0.0.1:1/' });
    response.end();
  },
  (response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(50_000_000)));
  },
  (response) => {
    response.destroy();
  },
];
