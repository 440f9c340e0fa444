import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Clock } from '@store/foundation';
import type { FaultInjector } from '../faults/fault-injector.js';
import type { BufferPool, Lease } from './buffer-pool.js';
import { checkRequest } from './check-request.js';
import type { Dialect, Exchange } from './dialect.js';
import { checkHost } from './host-guard.js';
import { jsonDialect, targetOf } from './json-dialect.js';
import { readBody } from './request-body.js';
import type { RequestContext } from './request-context.js';
import { actionOf, type ServiceEntry } from './service-entry.js';
import { ServiceError } from './service-error.js';
import { parseSignature, verifySignature, type Signature } from './signature.js';

/** What the server hands requests to, and on what conditions. */
export interface ServerOptions {
  /** Everything that is served: the server knows of no service but these. */
  readonly services: readonly ServiceEntry[];
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

/** Path of the endpoint's own calls. */
const ADMIN = '/_emulator/';
/** How requests are answered that no service is found for, the endpoint's own among them. */
const ownDialect = jsonDialect('1.1');

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

/** A service, and the protocol in which a request speaks to it. */
interface Addressee {
  readonly service: ServiceEntry;
  readonly dialect: Dialect;
}

function addressee(services: readonly ServiceEntry[], request: IncomingMessage): Addressee | undefined {
  for (const service of services) {
    const dialect = service.dialects.find((one) => one.speaks(request, service.target));
    if (dialect !== undefined) return { service, dialect };
  }
  return undefined;
}

async function respond(
  options: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const exchange: Exchange = { request, response, requestId: randomUUID() };
  const path = request.url ?? '/';
  const isAdmin = path.startsWith(ADMIN);
  const found = isAdmin ? undefined : addressee(options.services, request);
  let lease: Lease | undefined;
  try {
    checkHost(request.headers.host, options.allowedHosts);
    lease = await readBody(request, options.memory);
    const body = lease.bytes;
    const signature = isAdmin && options.secret === undefined ? undefined : parseSignature(request);
    if (options.secret !== undefined && signature !== undefined) {
      verifySignature(signature, request, body, {
        secret: options.secret,
        region: options.region,
        service: isAdmin ? undefined : (found?.service.scope ?? targetOf(request)?.prefix ?? ''),
        now: options.clock.wallNow(),
      });
    }
    if (isAdmin) {
      const answer = await options.admin(path.slice(ADMIN.length), request.method ?? 'GET', body);
      await ownDialect.write(exchange, path, answer);
      return;
    }
    await options.faults.beforeCall();
    if (found === undefined) {
      const target = String(request.headers['x-amz-target'] ?? '');
      throw new ServiceError('UnknownOperationException', `Nothing here answers to the target "${target}".`);
    }
    await answer(options, found, exchange, body, signature);
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    // What is left of a body that was not read would be taken for the next request.
    if (!request.complete) response.setHeader('connection', 'close');
    (found?.dialect ?? ownDialect).writeError(exchange, error);
  } finally {
    lease?.release();
  }
}

async function answer(
  options: ServerOptions,
  { service, dialect }: Addressee,
  exchange: Exchange,
  body: Buffer,
  signature: Signature | undefined,
): Promise<void> {
  const { request, response, requestId } = exchange;
  const call = dialect.read(request, body);
  const action = actionOf(service, call.action);
  if (
    action.faults?.includes('resetsBeforeCommit') === true &&
    options.faults.strikes('resetsBeforeCommit')
  ) {
    request.socket.destroy();
    return;
  }
  const context = contextOf(options, signature, response, requestId);
  let result = action.bytes?.(body, context);
  if (result === undefined) {
    const input = call.input();
    checkRequest(action.input, input, service.refusals);
    result = action.run(input, context);
  }
  const value = await result;
  if (action.faults?.includes('resetsAfterCommit') === true && options.faults.strikes('resetsAfterCommit')) {
    request.socket.destroy();
    return;
  }
  await dialect.write(exchange, call.action, value);
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
