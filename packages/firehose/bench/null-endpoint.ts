/** Run as its own process: answers every Firehose call immediately, and counts nothing but the records it must answer. */
import { createServer, type ServerResponse } from 'node:http';

const RECORD_ID = 'x'.repeat(219);
const QUOTE = 34;
/** Quotes around a stream's name and two keys, and around each record's key and value. */
const HEAD_QUOTES = 6;
const RECORD_QUOTES = 4;

function countQuotes(piece: Buffer): number {
  let count = 0;
  for (let at = piece.indexOf(QUOTE); at !== -1; at = piece.indexOf(QUOTE, at + 1)) count++;
  return count;
}

const answers = new Map<number, Buffer>();
function batchAnswer(records: number): Buffer {
  const known = answers.get(records);
  if (known !== undefined) return known;
  const RequestResponses = Array.from({ length: records }, () => ({ RecordId: RECORD_ID }));
  const answer = Buffer.from(JSON.stringify({ FailedPutCount: 0, Encrypted: false, RequestResponses }));
  answers.set(records, answer);
  return answer;
}

function answer(response: ServerResponse, body: Buffer): void {
  response.writeHead(200, {
    'content-type': 'application/x-amz-json-1.1',
    'content-length': body.length,
  });
  response.end(body);
}

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  let quotes = 0;
  request.on('data', (piece: Buffer) => {
    quotes += countQuotes(piece);
  });
  request.on('end', () => {
    const one = request.headers['x-amz-target'] === 'Firehose_20150804.PutRecord';
    const records = (quotes - HEAD_QUOTES) / RECORD_QUOTES;
    answer(response, one ? Buffer.from(JSON.stringify({ RecordId: RECORD_ID })) : batchAnswer(records));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.(address?.port);
});
process.on('disconnect', () => process.exit(0));
