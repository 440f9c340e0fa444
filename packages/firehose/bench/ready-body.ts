import { createHash, createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';

const REGION = 'us-east-1';

/**
 * The floor: one ready body, hashed, signed (SigV4) and sent each time, by hand over node:http. Nothing that
 * is correct can be cheaper. Library code never signs by hand; this is a yardstick only.
 */
export function readyBodySender(url: string, body: Buffer): () => Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(url);
  return () =>
    new Promise((resolve, reject) => {
      const headers = sign(body, `${hostname}:${port}`);
      const call = request({ agent, hostname, port, method: 'POST', path: '/', headers }, (response) => {
        const pieces: Buffer[] = [];
        response.on('data', (piece: Buffer) => pieces.push(piece));
        response.on('end', () => {
          JSON.parse(Buffer.concat(pieces).toString());
          resolve();
        });
      });
      call.on('error', reject);
      call.end(body);
    });
}

function sign(body: Buffer, host: string): Record<string, string> {
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const day = date.slice(0, 8);
  const hash = createHash('sha256').update(body).digest('hex');
  const headers: Record<string, string> = {
    'content-length': String(body.length),
    'content-type': 'application/x-amz-json-1.1',
    host,
    'x-amz-content-sha256': hash,
    'x-amz-date': date,
    'x-amz-target': 'Firehose_20150804.PutRecordBatch',
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const canonical = `POST\n/\n\n${lines.join('')}\n${names}\n${hash}`;
  const scope = `${day}/${REGION}/firehose/aws4_request`;
  const digest = createHash('sha256').update(canonical).digest('hex');
  const hmac = (key: string | Buffer, text: string): Buffer =>
    createHmac('sha256', key).update(text).digest();
  const key = hmac(hmac(hmac(hmac('AWS4secret', day), REGION), 'firehose'), 'aws4_request');
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${date}\n${scope}\n${digest}`).toString('hex');
  headers.authorization = `AWS4-HMAC-SHA256 Credential=key/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return headers;
}
