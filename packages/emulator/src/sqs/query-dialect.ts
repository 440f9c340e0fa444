import type { IncomingMessage } from 'node:http';
import { addressOf } from '../wire/address.js';
import { isForm, writeXml, type Dialect, type Exchange } from '../wire/dialect.js';
import { ServiceError } from '../wire/service-error.js';
import { xmlDocument } from '../wire/xml.js';
import { NAMESPACE, queryAnswer, queryJsonAnswer } from './query-answer.js';
import { queryErrorOf } from './query-error.js';
import { readQuery } from './query-request.js';

/** Actions that are not a queue's: the URL of a queue does not accept them in a GET. */
const notOfQueue: ReadonlySet<string> = new Set(
  'CancelMessageMoveTask CreateQueue ListMessageMoveTasks ListQueues StartMessageMoveTask'.split(' '),
);

/**
 * The query protocol of SQS: the JSON protocol's actions, requested in forms or in the query of a URL, and
 * answered in XML, or in JSON for a client that accepts nothing else.
 *
 * @param actions - names of the actions that are served
 */
export function queryDialect(actions: ReadonlySet<string>): Dialect {
  return {
    speaks: (request) =>
      request.headers['x-amz-target'] === undefined && (isForm(request) || isQueryGet(request)),
    read(request, body) {
      const { path } = addressOf(request);
      const isGet = request.method === 'GET';
      const queue = path === '/' ? undefined : path;
      const { action, input } = readQuery(isGet ? queryOf(request) : body, queue);
      if (action === '') throw isGet ? unknownOperation() : missingAction();
      if (!actions.has(action) || (isGet && queue !== undefined && notOfQueue.has(action))) {
        throw new ServiceError('InvalidAction', `The action ${action} is not valid for this endpoint.`);
      }
      return { action, input: () => input };
    },
    write(exchange, action, answer) {
      if (acceptsJson(exchange)) {
        writeJson(exchange, 200, queryJsonAnswer(action, answer, exchange.requestId));
      } else writeXml(exchange, 200, queryAnswer(action, answer, exchange.requestId));
    },
    writeError(exchange, error) {
      const { requestId: RequestId } = exchange;
      if (error.code === UNKNOWN_OPERATION) {
        writeXml(exchange, error.status, `<${UNKNOWN_OPERATION}/>`);
        return;
      }
      const { status, fields } = queryErrorOf(error);
      if (acceptsJson(exchange)) writeJson(exchange, status, { Error: fields, RequestId });
      else {
        const content = { Error: { ...fields, Detail: '' }, RequestId };
        writeXml(exchange, status, xmlDocument('ErrorResponse', content, NAMESPACE));
      }
    },
  };
}

const UNKNOWN_OPERATION = 'UnknownOperationException';

/** The refusal of a GET of a queue's URL without an action, in XML whatever the client accepts. */
function unknownOperation(): ServiceError {
  return new ServiceError(UNKNOWN_OPERATION, 'The query of the URL names no Action.', 404);
}

function missingAction(): ServiceError {
  return new ServiceError('MissingAction', 'The request must contain the parameter Action.');
}

const SCOPE = /Credential=[^/\s&]+(?:\/|%2F)\d{8}(?:\/|%2F)[^/\s&%]*(?:\/|%2F)sqs(?:\/|%2F)/i;

/**
 * Whether a GET is for SQS and not for S3, whose objects may have the URL of a queue: it is signed for SQS, or names
 * an action below an account.
 */
function isQueryGet(request: IncomingMessage): boolean {
  if (request.method !== 'GET') return false;
  const { url = '/', headers } = request;
  const signed = headers.authorization ?? (url.includes('X-Amz-Credential=') ? url : undefined);
  if (signed !== undefined && SCOPE.test(signed)) return true;
  return /^\/\d{12}\/[^/?]+\?(?:.*&)?Action=/.test(url);
}

function queryOf(request: IncomingMessage): Buffer {
  const { url = '/' } = request;
  const mark = url.indexOf('?');
  return Buffer.from(mark < 0 ? '' : url.slice(mark + 1));
}

function acceptsJson({ request }: Exchange): boolean {
  return (request.headers.accept ?? '').trim().toLowerCase() === 'application/json';
}

function writeJson({ response, requestId }: Exchange, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
  });
  response.end(text);
}
