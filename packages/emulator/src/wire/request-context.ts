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

/** One AWS JSON service. */
export interface JsonService {
  /** What stands before the dot in `X-Amz-Target`: `Firehose_20150804`. */
  readonly targetPrefix: string;
  /** AWS JSON protocol version, which names the content type of the answer. */
  readonly jsonVersion: '1.0' | '1.1';
  /** Answers one call; throws {@link ServiceError} for what AWS answers with an error. */
  handle(action: string, input: unknown, context: RequestContext): Promise<unknown>;
  /**
   * Answers a call from the bytes of its body, which are lent until then; `undefined` where the service leaves
   * this call to {@link JsonService.handle}.
   */
  handleBytes?(action: string, body: Buffer, context: RequestContext): Promise<unknown> | undefined;
}
