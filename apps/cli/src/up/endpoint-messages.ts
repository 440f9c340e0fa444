/**
 * What `store up` and the process of its endpoint say to each other; both sides are compiled against this file.
 * Everything else goes over HTTP, as it would with AWS.
 */

/** To the endpoint's process. */
export type EndpointRequest =
  | { readonly id: number; readonly ask: 'flush' | 'close' }
  | { readonly id: number; readonly ask: 'query'; readonly sql: string };

/** A row with plain values only: those of DuckDB's own classes do not survive the way between processes. */
export type PlainRow = Readonly<Record<string, string | number | boolean | null>>;

/** From the endpoint's process. */
export type EndpointReply =
  | { readonly kind: 'ready'; readonly endpoint: string; readonly lakeDir: string }
  | { readonly kind: 'done'; readonly id: number; readonly rows: readonly PlainRow[] }
  | { readonly kind: 'failed'; readonly id: number | undefined; readonly message: string };
