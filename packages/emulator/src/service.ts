/**
 * What the endpoint asks of a service: the server parses the request and its signature, finds the service by
 * the prefix of `X-Amz-Target`, and turns what it answers, or throws, into AWS's wire form.
 */

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

/** An error as AWS words it: the SDKs turn `code` into the class of that name. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  /** AWS's code: `ResourceNotFoundException`. */
  readonly code: string;
  /** HTTP status, 400 for what the caller did wrong. */
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Time as the endpoint sees it; tests hand in one that they turn by hand. */
export interface Clock {
  /** Milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Calls back once after `delayMs`; returns how to call it off. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** A finished SQL result, as the lake's engine gives it. */
export interface SqlResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
}

/** How a statement is run. */
export interface SqlRunOptions {
  readonly signal?: AbortSignal;
  readonly database?: string;
  /** Hears how many bytes of Parquet will be scanned, before they are; by throwing it calls the statement off. */
  readonly beforeScan?: (bytes: number) => void;
}

/** The SQL engine behind Athena and `emulator.query`. */
export interface SqlEngine {
  run(sql: string, options?: SqlRunOptions): Promise<SqlResult>;
}

/** The part of a Glue table that delivery and queries read. */
export interface CatalogTable {
  readonly databaseName: string;
  readonly name: string;
  readonly versionId: string;
  readonly columns: readonly { readonly Name: string; readonly Type: string }[];
  readonly partitionKeys: readonly { readonly Name: string; readonly Type: string }[];
  /** Columns that the rows of a file are sorted by, first one first. */
  readonly sortColumns: readonly string[];
  /** `s3://bucket/prefix/` */
  readonly location: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** Where delivery and queries look tables up; the Glue service implements it. */
export interface TableCatalog {
  getTable(databaseName: string, tableName: string, versionId?: string): CatalogTable | undefined;
  listTables(): readonly CatalogTable[];
}
