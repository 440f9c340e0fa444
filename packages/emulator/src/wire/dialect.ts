import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ServiceError } from './service-error.js';

/** A call as a dialect reads it off a request. */
export interface Call {
  readonly action: string;
  /** Parses the input, on demand: some actions work on the bytes. */
  input(): unknown;
}

/** A request and where its answer goes. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
}

/** A protocol of AWS's, as one service speaks it. */
export interface Dialect {
  /** Whether a request speaks it to a service of that target. */
  speaks(request: IncomingMessage, target: string | undefined): boolean;
  /** Whether the action reads the body itself, as a stream; of such a request, `read` gets no body. */
  streams?(request: IncomingMessage): boolean;
  /** Finds out what is called; throws where the request says nothing of it. */
  read(request: IncomingMessage, body: Buffer): Call;
  /** Writes the answer of an action. */
  write(exchange: Exchange, action: string, answer: unknown): void | Promise<void>;
  /** Writes an error. */
  writeError(exchange: Exchange, error: ServiceError): void;
}

/** Whether a request is a form, as the query protocol's are; the AWS CLI before 2.13 sends one to SQS. */
export function isForm(request: IncomingMessage): boolean {
  const type = request.headers['content-type'] ?? '';
  return request.method === 'POST' && type.startsWith('application/x-www-form-urlencoded');
}

/** Writes a document in AWS's XML form. */
export function writeXml({ response, requestId }: Exchange, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/xml',
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
    'x-amz-request-id': requestId,
  });
  response.end(text);
}
