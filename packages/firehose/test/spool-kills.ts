import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../../../scripts/bundle.mjs';
import { Random } from './random.js';
import { spoolEventId } from './spool-event.js';

/** What a row of kills came to. */
export interface KillsResult {
  readonly confirmed: number;
  readonly received: number;
  readonly duplicates: number;
  /** Events that a life has found in the spool: the earlier one may have sent each of them. */
  readonly recovered: number;
}

/** Starts a producer, kills it with SIGKILL at a random moment, again and again, then lets one finish the rest. */
export async function runSpoolKills(kills: number, seed: number): Promise<KillsResult> {
  const random = new Random(seed);
  const dir = mkdtempSync(join(tmpdir(), 'spool-kills-'));
  const received = new Map<number, number>();
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(pieces).toString()) as { Records: { Data: string }[] };
      const RequestResponses = body.Records.map(({ Data }) => {
        if (random.chance(0.3)) return { ErrorCode: 'ServiceUnavailableException' };
        for (const line of Buffer.from(Data, 'base64').toString().split('\n').slice(0, -1)) {
          const id = spoolEventId(line);
          received.set(id, (received.get(id) ?? 0) + 1);
        }
        return { RecordId: 'id' };
      });
      const FailedPutCount = RequestResponses.filter((answer) => 'ErrorCode' in answer).length;
      // Late answers leave records between delivered and acknowledged when the kill comes.
      setTimeout(
        () => response.end(JSON.stringify({ FailedPutCount, RequestResponses })),
        random.whole(0, 10),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  const endpoint = `http://127.0.0.1:${address.port}/`;

  const confirmed = new Set<number>();
  let next = 0;
  let recovered = 0;
  try {
    for (let kill = 0; kill < kills; kill++) {
      const first = next;
      const life = await liveAndDie(dir, endpoint, first, random.whole(0, 60));
      const { end } = life;
      recovered += life.recovered;
      for (let id = first; id < end; id++) confirmed.add(id);
      // Numbers beyond the last confirmation may have been put as well; leave a gap so that none is used twice.
      next = end + 100;
    }
    recovered += await drain(dir, endpoint);
    // What a kill cut short in the middle of a write is kept aside.
    const left = readdirSync(dir).filter((name) => !/\.torn(?:\.\d+)?$/.test(name));
    if (left.length > 0) throw new Error(`The spool is not empty: ${left.join(', ')}`);
  } finally {
    server.close();
    server.closeAllConnections();
    rmSync(dir, { recursive: true });
  }
  for (const id of confirmed) {
    if (!received.has(id)) throw new Error(`Event ${id} was confirmed and is lost.`);
  }
  let duplicates = 0;
  for (const count of received.values()) duplicates += count - 1;
  if (duplicates > recovered) {
    throw new Error(`${duplicates} events came again, and only ${recovered} were found in the spool.`);
  }
  return { confirmed: confirmed.size, received: received.size, duplicates, recovered };
}

async function start(dir: string, endpoint: string, first: number, task: 'live' | 'drain') {
  const program = await bundle(join(import.meta.dirname, 'spool-child.ts'));
  const args = [program, dir, endpoint, String(first), task];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** One life of the child. */
interface Life {
  readonly recovered: number;
  /** The number after the last confirmed one. */
  readonly end: number;
}

/** Lives until some time after the first confirmation. */
async function liveAndDie(dir: string, endpoint: string, first: number, moreMs: number): Promise<Life> {
  const child = await start(dir, endpoint, first, 'live');
  let text = '';
  let dying = false;
  child.stdout.on('data', (piece: Buffer) => {
    text += piece.toString();
    if (!dying && text.split('\n').length > 2) {
      dying = true;
      setTimeout(() => child.kill('SIGKILL'), moreMs);
    }
  });
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  if (signal !== 'SIGKILL') throw new Error(`The child ended by itself with ${code ?? signal ?? 'nothing'}.`);
  const [recovered, ...confirmations] = text.split('\n').slice(0, -1).map(Number);
  return { recovered: recovered ?? 0, end: confirmations.at(-1) ?? first };
}

/** Lets a last child send the rest; returns how much that was. */
async function drain(dir: string, endpoint: string): Promise<number> {
  const child = await start(dir, endpoint, 0, 'drain');
  let text = '';
  child.stdout.on('data', (piece: Buffer) => (text += piece.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The last child ended with ${code ?? 'a signal'}.`);
  return Number(text);
}
