import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '@store/foundation';
import type { FaultInjector } from '../faults/fault-injector.js';
import { UnreadAnswers } from './unread-answers.js';
import type { BufferPool, Lease } from './buffer-pool.js';
import { checkRequest } from './check-request.js';
import { Connections } from './connections.js';
import type { Dialect, Exchange } from './dialect.js';
import { discardRest } from './discard-rest.js';
import { HeldBodies } from './held-bodies.js';
import { jsonDialect, targetOf } from './json-dialect.js';
import { emulatorLimits } from './request-limits.js';
import { payloadOf, type Payload } from './payload.js';
import { readBody } from './request-body.js';
import { requestContext } from './request-context.js';
import { checkHead, checkNoBrowser } from './request-head.js';
import { actionOf, type ServiceEntry } from './service-entry.js';
import { ServiceError } from './service-error.js';
import type { RunningServices } from '../running-services.js';
import { olderSignatureOf, verifyOlder } from './older-address.js';
import { checkTerms, parseSignature, type Signature } from './signature.js';
import { verifySignature } from './verify-signature.js';

/** What the server hands requests to, and on what conditions. */
export interface ServerOptions {
  /** Everything that is served: the server knows of no service but these. */
  readonly running: Pick<RunningServices, 'ready' | 'enter' | 'signal'> & {
    readonly current: { readonly table: readonly ServiceEntry[] };
  };
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
  /** Called with each error that is the endpoint's own fault. */
  readonly onTrouble: (error: unknown) => void;
}

/** Path of the endpoint's own calls. */
const ADMIN = '/_emulator/';
/** How requests are answered that no service is found for, the endpoint's own among them. */
const ownDialect = jsonDialect('1.1');

/** Makes the one HTTP server that all services answer on. */
export function createHttpServer(options: ServerOptions): Server {
  const { headerBytes, headersMs, idleConnectionMs } = emulatorLimits;
  const server = createServer({
    maxHeaderSize: headerBytes,
    // Whoever sends a byte now and then holds a connection no longer than this; bodies have a time of their own.
    headersTimeout: headersMs,
    requestTimeout: 0,
    connectionsCheckingInterval: 1_000,
    // Clients keep connections open between batches.
    keepAliveTimeout: idleConnectionMs,
    // The kernel finds out about a client that is gone silently.
    keepAlive: true,
    keepAliveInitialDelay: idleConnectionMs,
  });
  // Every header counts, not the first thousand: their bytes have a bound.
  server.maxHeadersCount = 0;
  const parts: Parts = {
    options,
    bodies: new HeldBodies(),
    answers: new UnreadAnswers(),
    connections: new Connections(),
  };
  parts.connections.watch(server);
  server.on('request', (request, response) => {
    serve(parts, request, response);
  });
  // The client sends the body once the headers have passed.
  server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    serve(parts, request, response, () => {
      response.writeContinue();
    });
  });
  server.on('connect', (_request: IncomingMessage, socket: Socket) => {
    socket.on('error', () => socket.destroy());
    socket.end('HTTP/1.1 405 Method Not Allowed\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
  });
  return server;
}

interface Parts {
  readonly options: ServerOptions;
  readonly bodies: HeldBodies;
  readonly answers: UnreadAnswers;
  readonly connections: Connections;
}

/** Answers a request, whatever happens: nothing that a request causes leaves this function. */
function serve(parts: Parts, request: IncomingMessage, response: ServerResponse, ask?: () => void): void {
  // A client that leaves while its answer is written is no failure of the endpoint's.
  response.on('error', () => response.destroy());
  respond(parts, request, response, ask).catch(() => {
    response.destroy();
  });
}

/** Who answers: a service, or the endpoint itself. */
interface Addressee {
  readonly service: ServiceEntry | undefined;
  readonly dialect: Dialect;
}

function addresseeOf(services: readonly ServiceEntry[], request: IncomingMessage): Addressee {
  for (const service of services) {
    const dialect = service.dialects.find((one) => one.speaks(request, service.target));
    if (dialect !== undefined) return { service, dialect };
  }
  return { service: undefined, dialect: ownDialect };
}

async function respond(
  { options, bodies, answers, connections }: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  ask?: () => void,
): Promise<void> {
  const exchange: Exchange = { request, response, requestId: randomUUID() };
  response.setHeader('x-content-type-options', 'nosniff');
  const path = request.url ?? '/';
  const isAdmin = path.startsWith(ADMIN);
  const to = isAdmin
    ? { service: undefined, dialect: ownDialect }
    : addresseeOf(options.running.current.table, request);
  let lease: Lease | undefined;
  try {
    connections.begin(request.socket, response);
    const streams = !isAdmin && to.dialect.streams?.(request) === true;
    checkHead(request, options.allowedHosts, streams);
    const signature = checkedSignature(options, request, to.service, isAdmin);
    if (!streams) {
      ask?.();
      lease = await readBody(request, options.memory, bodies);
    }
    const { secret } = options;
    if (secret !== undefined && signature !== undefined) {
      const mayBeUnsigned = to.service?.mayBeUnsigned === true;
      verifySignature(signature, request, { bytes: lease?.bytes, mayBeUnsigned }, secret);
    }
    const body = lease?.bytes ?? Buffer.alloc(0);
    const payload = streams ? payloadOf(request, { signature, secret, ask }) : undefined;
    if (isAdmin) {
      const answer = await options.admin(path.slice(ADMIN.length), request.method ?? 'GET', body);
      await ownDialect.write(exchange, path, answer);
    } else await answerService(options, to, exchange, { body, payload, signature });
  } catch (error) {
    if (response.headersSent || response.destroyed) {
      response.destroy();
      return;
    }
    discardRest(request);
    to.dialect.writeError(exchange, answerable(error, options));
  } finally {
    lease?.release();
    answers.watch(response);
  }
}

/** The error as a client may see it. Any but a ServiceError may name files of this machine: it is reported to `onTrouble`. */
function answerable(error: unknown, { onTrouble }: ServerOptions): ServiceError {
  if (error instanceof ServiceError) return error;
  onTrouble(error);
  return new ServiceError('InternalFailure', 'The request failed by a fault of the endpoint itself.', 500);
}

/** Checks of a request's signature what does not need its body; `undefined` where it needs none. */
function checkedSignature(
  { secret, region, clock }: ServerOptions,
  request: IncomingMessage,
  service: ServiceEntry | undefined,
  isAdmin: boolean,
): Signature | undefined {
  if (isAdmin && secret === undefined) return undefined;
  const mayBePresigned =
    service?.mayBeUnsigned === true || (service?.mayBePresigned === true && request.method === 'GET');
  const older = service?.mayBeUnsigned === true ? olderSignatureOf(request) : undefined;
  if (older !== undefined) {
    if (secret !== undefined) verifyOlder(older, request, { secret, now: clock.wallNow() });
    return undefined;
  }
  const signature = parseSignature(request, mayBePresigned);
  if (signature.presigned && service?.mayBeUnsigned !== true && secret === undefined) checkNoBrowser(request);
  if (secret !== undefined) {
    const scope = isAdmin ? undefined : (service?.scope ?? targetOf(request)?.prefix ?? '');
    checkTerms(signature, request, { region, service: scope, now: clock.wallNow() });
  }
  return signature;
}

/** What was read and checked of a request. */
interface ReadRequest {
  /** Empty where the action reads the body itself. */
  readonly body: Buffer;
  readonly payload: Payload | undefined;
  readonly signature: Signature | undefined;
}

async function answerService(
  options: ServerOptions,
  { service: found, dialect }: Addressee,
  exchange: Exchange,
  read: ReadRequest,
): Promise<void> {
  const { request } = exchange;
  const { faults, running } = options;
  await faults.beforeCall();
  if (found === undefined) {
    const target = String(request.headers['x-amz-target'] ?? '').slice(0, 100);
    throw new ServiceError('UnknownOperationException', `Nothing here answers to the target "${target}".`);
  }
  const held = running.ready();
  if (held !== undefined) await held;
  const leave = running.enter();
  try {
    // A reset may have replaced it since the request's head came.
    const service = running.current.table.find(({ scope }) => scope === found.scope) ?? found;
    await answerFrom(options, service, dialect, exchange, read);
  } finally {
    leave();
  }
}

async function answerFrom(
  options: ServerOptions,
  service: ServiceEntry,
  dialect: Dialect,
  exchange: Exchange,
  { body, payload, signature }: ReadRequest,
): Promise<void> {
  const { request, response, requestId } = exchange;
  const { faults } = options;
  const call = dialect.read(request, body);
  const action = actionOf(service, call.action);
  if (action.faults?.includes('resetsBeforeCommit') === true && faults.strikes('resetsBeforeCommit')) {
    request.socket.destroy();
    return;
  }
  const context = requestContext(options, {
    region: signature?.region,
    request,
    response,
    requestId,
    payload,
  });
  let result = action.bytes?.(body, context);
  if (result === undefined) {
    const input = call.input();
    checkRequest(action.input, input, service.refusals);
    result = action.run(input, context);
  }
  const value = await result;
  if (action.faults?.includes('resetsAfterCommit') === true && faults.strikes('resetsAfterCommit')) {
    request.socket.destroy();
    return;
  }
  const { socket } = request;
  socket.setTimeout(emulatorLimits.answerPauseMs);
  // Before Node's own listener, which sets the time that an idle connection has.
  response.prependOnceListener('finish', () => socket.setTimeout(0));
  await dialect.write(exchange, call.action, value);
}
