import type { IncomingMessage } from 'node:http';
import { stringifyJson } from '@store/foundation';
import type { Violation, Refusals } from './check-request.js';
import type { Dialect, Exchange } from './dialect.js';
import { parseJson } from './json-body.js';
import { ServiceError } from './service-error.js';

/** What is before and behind the last dot of `X-Amz-Target`; `undefined` without one. */
export function targetOf(
  request: IncomingMessage,
): { readonly prefix: string; readonly action: string } | undefined {
  const header = request.headers['x-amz-target'];
  if (header === undefined) return undefined;
  const target = String(header);
  const dot = target.lastIndexOf('.');
  return { prefix: target.slice(0, Math.max(0, dot)), action: target.slice(dot + 1) };
}

/**
 * AWS JSON of a version, which names the content type of the answers.
 *
 * @param errorHeaders - headers that the service adds to an error
 * @param errorType - what the body of an error calls its code
 * @param messageMember - what the body of an error calls its message
 * @param errorMembers - what the body of an error holds besides
 */
export function jsonDialect(
  version: '1.0' | '1.1',
  errorHeaders: (error: ServiceError) => Readonly<Record<string, string>> = () => ({}),
  errorType: (code: string) => string = (code) => code,
  messageMember: 'message' | 'Message' = 'message',
  errorMembers: (error: ServiceError) => object = () => ({}),
): Dialect {
  return {
    speaks: (request, target) => target !== undefined && targetOf(request)?.prefix === target,
    read(request, body) {
      const action = targetOf(request)?.action ?? '';
      if (request.method === 'POST') return { action, input: () => parseJson(body) };
      throw new ServiceError('InvalidHttpRequest', `Expected POST, got ${request.method ?? ''}.`, 405);
    },
    write(exchange, _action, answer) {
      writeJson(exchange, 200, answer, version);
    },
    writeError(exchange, error) {
      for (const [name, value] of Object.entries(errorHeaders(error))) {
        exchange.response.setHeader(name, value);
      }
      writeJson(
        exchange,
        error.status,
        {
          __type: errorType(error.code),
          ...error.facts,
          [messageMember]: error.message,
          ...errorMembers(error),
        },
        version,
      );
    },
  };
}

/** Writes an answer in AWS's JSON form. */
function writeJson({ response, requestId }: Exchange, status: number, value: unknown, version: string): void {
  const text = JSON.stringify(value ?? {});
  response.writeHead(status, {
    'content-type': `application/x-amz-json-${version}`,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
    'x-amz-id-2': requestId,
  });
  response.end(text);
}

/** How a service words what it refuses, from its name and the codes of its errors. */
export interface RefusalCodes {
  readonly service: string;
  readonly unknownAction: string;
  /** A value of another type. */
  readonly wrongType: string;
  /** A value that breaks a constraint. */
  readonly violated: string;
}

/** Refuses with the first thing that is wrong, in the words that Glue, Athena and SQS share. */
export function refusalsOf({ service, unknownAction, wrongType, violated }: RefusalCodes): Refusals {
  return {
    unknownAction: (name) => new ServiceError(unknownAction, `${service}'s ${name} is not served here`),
    wrongType(path, expected, value) {
      const shown = path === '' ? 'the request' : `\`${path}\``;
      return new ServiceError(
        wrongType,
        `Expected ${shown} to be ${expected}, got ${stringifyJson(value, { maxChars: 100 })}`,
      );
    },
    violated: ([first]) => new ServiceError(violated, violationText(first)),
  };
}

function violationText(violation: Violation | undefined): string {
  const { path = '', shown = '', constraint = '' } = violation ?? {};
  const value = shown === 'null' ? 'Value null' : 'Value';
  return `1 validation error detected: ${value} at '${path}' failed to satisfy constraint: ${constraint}`;
}
