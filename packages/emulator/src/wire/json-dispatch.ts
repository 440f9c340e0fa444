import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from './service-error.js';
import type { JsonService, RequestContext } from './request-context.js';

/** Finds the service and action that `X-Amz-Target` names. */
export function targetOf(
  request: IncomingMessage,
  services: readonly JsonService[],
): { readonly service: JsonService; readonly action: string } {
  const target = String(request.headers['x-amz-target'] ?? '');
  const dot = target.lastIndexOf('.');
  const service = services.find(({ targetPrefix }) => targetPrefix === target.slice(0, dot));
  if (service === undefined) {
    throw new ServiceError('UnknownOperationException', `Nothing here answers to the target "${target}".`);
  }
  return { service, action: target.slice(dot + 1) };
}

/** Lets a service answer one call. */
export async function answerJson(
  service: JsonService,
  action: string,
  body: Buffer,
  context: RequestContext,
): Promise<unknown> {
  return service.handleBytes?.(action, body, context) ?? service.handle(action, parse(body), context);
}

/** Writes an answer in AWS's JSON form. */
export function writeJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  { requestId, version }: { readonly requestId: string; readonly version: string },
): void {
  const text = JSON.stringify(value ?? {});
  response.writeHead(status, {
    'content-type': `application/x-amz-json-${version}`,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': requestId,
    'x-amz-id-2': requestId,
  });
  response.end(text);
}

/** Writes an error in AWS's JSON form; what is no {@link ServiceError} is the endpoint's own fault. */
export function errorAnswer(error: unknown): { readonly status: number; readonly body: unknown } {
  if (error instanceof ServiceError) {
    return { status: error.status, body: { __type: error.code, message: error.message } };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { status: 500, body: { __type: 'InternalFailure', message } };
}

function parse(body: Buffer): unknown {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString());
    return value;
  } catch {
    // The position that JSON.parse names would be that of a text which the caller never saw.
    throw new ServiceError('SerializationException', 'The request is not valid JSON.');
  }
}
