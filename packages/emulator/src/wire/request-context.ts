/** What a service may know about the request it answers. */
export interface RequestContext {
  readonly region: string;
  readonly accountId: string;
  readonly requestId: string;
  /** Aborts when the client goes away or the endpoint closes. */
  readonly signal: AbortSignal;
  /** `http://127.0.0.1:PORT`, for the addresses that a service hands out. */
  readonly endpoint: string;
}
