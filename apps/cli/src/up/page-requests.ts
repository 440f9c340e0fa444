import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { ControlRequest, FaultName, SqlRequest } from '@store/page-protocol';
import { tokenHeader } from '@store/page-protocol';
import { mostRuns } from '../inventory/runs.js';
import { CliError } from '../terminal/errors.js';
import { pageLimits } from './page-limits.js';

/** Refuses what the page of this start did not send: it alone knows the token. */
export function checkToken(request: IncomingMessage, token: string): void {
  // Hashes are of one length, so that the comparison takes one time whatever was sent.
  const hash = (text: string): Buffer => createHash('sha256').update(text).digest();
  if (timingSafeEqual(hash(String(request.headers[tokenHeader] ?? '')), hash(token))) return;
  throw new CliError('REFUSED', 'This page is of an earlier start of `store up`. Reload it.');
}

/** Reads the JSON of a request. */
export async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let length = 0;
  // What is too long is answered; the connection would be gone before that if the loop closed it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    // Node hands out buffers here, as no encoding was set.
    const part = chunk as Buffer;
    length += part.length;
    if (length > pageLimits.bodyBytes) throw new CliError('TOO_LARGE', 'The request is too large.');
    chunks.push(part);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch (error) {
    throw new CliError('NOT_JSON', 'The request is not JSON.', { cause: error });
  }
}

const faults: readonly FaultName[] = ['throttle', 'reset', 'kill'];

/** Reads a control request; everything that the page can send, and nothing else. */
export function parseControl(body: unknown): ControlRequest {
  const request = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const action: unknown = request.get('action');
  if (action === 'pause' || action === 'resume') return { action };
  const speed: unknown = request.get('speed');
  if (action === 'speed' && typeof speed === 'number' && speed > 0 && speed <= 1e6) return { action, speed };
  const at: unknown = request.get('at');
  if (action === 'seek' && typeof at === 'string' && !Number.isNaN(Date.parse(at))) return { action, at };
  const fault = faults.find((name) => name === request.get('fault'));
  const on: unknown = request.get('on');
  if (action === 'fault' && fault !== undefined && typeof on === 'boolean') return { action, fault, on };
  throw new CliError('BAD_REQUEST', 'Expected pause, resume, speed, seek or fault.');
}

/** Reads the statement of a query request, and the run that it is to see. */
export function parseSql(body: unknown): SqlRequest {
  const request = new Map(typeof body === 'object' && body !== null ? Object.entries(body) : []);
  const sql: unknown = request.get('sql');
  const run: unknown = request.get('run');
  if (typeof sql !== 'string' || sql.trim() === '')
    throw new CliError('BAD_REQUEST', 'Expected one SQL statement.');
  if (run === undefined) return { sql };
  if (typeof run === 'number' && Number.isInteger(run) && run >= 1 && run <= mostRuns) return { sql, run };
  throw new CliError('BAD_REQUEST', `Expected the number of a run, 1 to ${mostRuns}.`);
}
