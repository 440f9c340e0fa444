import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BufferPool, Lease } from './buffer-pool.js';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { LakeFolder } from '../lake/lake-folder.js';
import { answerS3 } from '../s3/s3-endpoint.js';
import type { Clock } from '@store/foundation';
import type { JsonService, RequestContext } from './request-context.js';
import { checkHost } from './host-guard.js';
import { answerJson, targetOf, writeJson } from './json-dispatch.js';
import { answerQuery, isQuery } from './query-dispatch.js';
import { readBody } from './request-body.js';
import { parseSignature, verifySignature, type Signature } from './signature.js';
import { writeError } from './write-error.js';

/** What the server hands requests to, and on what conditions. */
export interface ServerOptions {
  readonly services: readonly JsonService[];
  readonly lake: LakeFolder;
  readonly faults: FaultInjector;
  /** Where requests' bodies are kept while they are worked on. */
  readonly memory: BufferPool;
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly allowedHosts: ReadonlySet<string>;
  readonly secret: string | undefined;
  /** Paths of the endpoint's own, below `/_emulator/`. */
  readonly admin: (path: string, method: string, body: Buffer) => Promise<unknown>;
  readonly endpoint: () => string;
  /** Aborts when the endpoint closes. */
  readonly signal: AbortSignal;
}

const PUTS = new Set(['PutRecord', 'PutRecordBatch']);

/** Makes the one HTTP server that all services answer on. */
export function createHttpServer(options: ServerOptions): Server {
  const server = createServer((request, response) => {
    void respond(options, request, response);
  });
  // Clients keep connections open between batches; an idle one is theirs to close.
  server.keepAliveTimeout = 60_000;
  // Whoever sends a byte now and then holds a connection no longer than this; a full batch takes milliseconds.
  server.headersTimeout = 20_000;
  server.requestTimeout = 60_000;
  return server;
}

/** What a signature must be scoped to, by what stands before the dot in `X-Amz-Target`. */
const scopes: Readonly<Record<string, string>> = {
  Firehose_20150804: 'firehose',
  AWSGlue: 'glue',
  AmazonAthena: 'athena',
  AmazonSQS: 'sqs',
};

function serviceOf(request: IncomingMessage): string {
  const target = request.headers['x-amz-target'];
  if (target === undefined) return isQuery(request) ? 'sqs' : 's3';
  const prefix = String(target).split('.')[0] ?? '';
  return (Object.hasOwn(scopes, prefix) ? scopes[prefix] : undefined) ?? prefix;
}

async function respond(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requestId = randomUUID();
  let version = '1.1';
  let lease: Lease | undefined;
  try {
    checkHost(request.headers.host, options.allowedHosts);
    lease = await readBody(request, options.memory);
    const body = lease.bytes;
    const path = request.url ?? '/';
    const isAdmin = path.startsWith('/_emulator/');
    const signature = isAdmin && options.secret === undefined ? undefined : parseSignature(request);
    if (options.secret !== undefined && signature !== undefined) {
      verifySignature(signature, request, body, {
        secret: options.secret,
        region: options.region,
        service: isAdmin ? undefined : serviceOf(request),
        now: options.clock.wallNow(),
      });
    }
    if (isAdmin) {
      const answer = await options.admin(path.slice('/_emulator/'.length), request.method ?? 'GET', body);
      writeJson(response, 200, answer, { requestId, version });
      return;
    }
    await options.faults.beforeCall();
    if (request.headers['x-amz-target'] === undefined) {
      if (isQuery(request)) {
        const context = contextOf(options, signature, response, requestId);
        await answerQuery(options.services, request, response, body, context);
        return;
      }
      await answerS3(options.lake, request, response);
      return;
    }
    const { service, action } = targetOf(request, options.services);
    version = service.jsonVersion;
    const isPut = PUTS.has(action);
    if (isPut && options.faults.strikes('resetsBeforeCommit')) {
      request.socket.destroy();
      return;
    }
    const answer = await answerJson(
      service,
      action,
      body,
      contextOf(options, signature, response, requestId),
    );
    if (isPut && options.faults.strikes('resetsAfterCommit')) request.socket.destroy();
    else writeJson(response, 200, answer, { requestId, version });
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    writeError(error, request, response, { requestId, version });
  } finally {
    lease?.release();
  }
}

function contextOf(
  { region, accountId, endpoint, signal }: ServerOptions,
  signature: Signature | undefined,
  response: ServerResponse,
  requestId: string,
): RequestContext {
  let ends: AbortSignal | undefined;
  return {
    region: signature?.region === undefined || signature.region === '' ? region : signature.region,
    accountId,
    requestId,
    // Made for those who ask: most do not, and three signals a call cost 60 µs.
    get signal() {
      ends ??= AbortSignal.any([closeSignal(response), signal]);
      return ends;
    },
    endpoint: endpoint(),
  };
}

function closeSignal(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const abort = (): void => {
    gone.abort();
  };
  if (response.closed) abort();
  else response.on('close', abort);
  return gone.signal;
}
