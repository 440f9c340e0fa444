import {
  base64Body,
  isFields,
  textBody,
  textOf,
  type BodyHints,
  type Fields,
  type ShapeMessage,
} from './message-shape.js';

/** True for the event of a Function URL, API Gateway (both versions), an Application Load Balancer or VPC Lattice. */
export function isHttpRequest(event: Fields): boolean {
  if ('requestPayload' in event) return false;
  return isFields(event.requestContext) || typeof event.raw_path === 'string';
}

/** Methods that bring a body. */
const methods: ReadonlySet<string> = new Set(['', 'POST', 'PUT', 'PATCH']);

/** The message that a request is. */
export function requestMessage(event: Fields): ShapeMessage {
  const hints: BodyHints = {
    contentType: headerOf(event, 'content-type'),
    contentEncoding: headerOf(event, 'content-encoding'),
  };
  if (!methods.has(methodOf(event).toUpperCase())) {
    const message = 'Expected the method to be POST.';
    return { id: '0', body: { is: 'refused', code: 'METHOD_NOT_ALLOWED', message }, of: event };
  }
  const isBase64 = event.isBase64Encoded === true || event.is_base64_encoded === true;
  return { id: '0', body: isBase64 ? base64Body(event.body, hints) : textBody(event.body, hints), of: event };
}

function methodOf({ requestContext, httpMethod, method }: Fields): string {
  const { http } = isFields(requestContext) ? requestContext : {};
  return textOf(isFields(http) ? http.method : (httpMethod ?? method));
}

/**
 * Returns a header of a request, whatever the case of its name and however the source lists it; the first of several, and
 * an empty text where there is none.
 *
 * @example
 * ```ts
 * import { headerOf } from '@store/intake';
 *
 * console.log(headerOf({ headers: { 'Content-Type': 'text/csv' } }, 'content-type')); // text/csv
 * ```
 */
export function headerOf(request: Fields, name: string): string {
  for (const headers of [request.headers, request.multiValueHeaders]) {
    if (!isFields(headers)) continue;
    for (const [key, value] of Object.entries(headers)) {
      if (key.toLowerCase() !== name) continue;
      const first: unknown = Array.isArray(value) ? value[0] : value;
      if (typeof first === 'string') return first;
    }
  }
  return '';
}
