/** What requests may claim of the live page's server; the numbers are its own. */
export const pageLimits: Readonly<
  Record<'bodyBytes' | 'lagBytes' | 'connections' | 'headersMs' | 'requestMs' | 'answerPauseMs', number>
> = Object.freeze({
  /** Body of one request, in bytes. */
  bodyBytes: 96 * 1024,
  /** A follower that lags further behind than this, in bytes, loses frames and numbers, not the connection. */
  lagBytes: 1024 * 1024,
  /** Open connections: a browser has six. */
  connections: 64,
  /** Time that a request line with its headers may take, in milliseconds. */
  headersMs: 10_000,
  /** Time that a whole request may take to arrive, in milliseconds. */
  requestMs: 30_000,
  /** Time in which a reader takes nothing of its answer, in milliseconds. */
  answerPauseMs: 30_000,
});
