import type { Clock } from '@store/foundation';
import { readAttemptKey, RestockError, type RestockLedger, type RestockState } from '@store/restock';
import type { SecretReader } from '../aws/secret-reader.js';
import { verify } from './truck-systems.js';

/** A call of the function's URL, as far as it is read. */
export interface HttpCall {
  /** Names in lower case, as Lambda gives them. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string;
  readonly isBase64Encoded?: boolean;
  readonly requestContext: { readonly http: { readonly method: string } };
}

/** What is answered. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Whether an event is a call of the function's URL. */
export function isHttpCall(event: object): event is HttpCall {
  const context: unknown = Reflect.get(event, 'requestContext');
  return typeof context === 'object' && context !== null && 'http' in context;
}

/** What the truck system may say of a request. */
const states: ReadonlySet<unknown> = new Set<RestockState>(['on_the_way', 'delivered', 'cancelled']);

/** How a move that is refused is answered. */
const statuses: ReadonlyMap<string, number> = new Map([
  ['UNKNOWN_REQUEST', 404],
  ['WRONG_STATE', 409],
  ['REQUEST_BUSY', 409],
]);

/** Longest body that is looked at, in characters: ids and a word. */
const longestBody = 10_000;

/**
 * Moves a request as the truck system says, and answers: 200 with the state that it then is in, 401 where the signature is
 * not the trucks', 400, 404 for a request that was never asked for, 409 where no move leads there.
 *
 * The body is `{"dispatch_id": …, "state": "on_the_way" | "delivered" | "cancelled"}`, with the key under which the request
 * was told, and is signed as the requests are: a secret of both sides, over time and body. To say the same twice changes
 * nothing, so a call that got no answer can be made again.
 */
export async function answerTrucks(
  call: HttpCall,
  {
    ledger,
    secret,
    clock,
  }: { readonly ledger: RestockLedger; readonly secret: SecretReader | undefined; readonly clock: Clock },
): Promise<HttpAnswer> {
  if (call.requestContext.http.method !== 'POST') return answer(405, { error: 'POST only' });
  const { body: given = '', headers = {} } = call;
  if (given.length > longestBody) return answer(413, { error: 'too long' });
  const body = Buffer.from(given, call.isBase64Encoded === true ? 'base64' : 'utf8');
  // Before anything is read from it.
  const isTheirs = await secret?.fits((text) => verify(body, headers, text, clock.wallNow()));
  if (isTheirs !== true) {
    return answer(401, { error: 'the signature does not fit, or is older than five minutes' });
  }
  const { dispatch_id: key, state } = jsonObject(body.toString('utf8')) ?? {};
  if (typeof key !== 'string' || key === '' || !states.has(state)) {
    return answer(400, { error: 'expected dispatch_id, and state on_the_way, delivered or cancelled' });
  }
  const { requestId, attempt } = readAttemptKey(key);
  try {
    // One of the three: the set holds nothing else.
    const entry = await ledger.advance(requestId, state as RestockState, attempt);
    return answer(200, { dispatch_id: key, state: entry.state });
  } catch (error) {
    if (!(error instanceof RestockError)) throw error;
    const status = statuses.get(error.code);
    if (status === undefined) throw error;
    return answer(status, { error: error.message });
  }
}

function answer(statusCode: number, body: object): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

/** The object that a text holds, if it holds one. */
function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
