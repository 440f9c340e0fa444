/** An event that passed, with the number under which it did. */
export interface PassedEvent {
  readonly number: number;
  /** As it was sent: the fields of the lake's table. */
  readonly event: Readonly<Record<string, unknown>>;
}

/** Events as they pass: `GET /api/data/events`. */
export interface EventsAnswer {
  /** Events that have passed since the start. */
  readonly passed: number;
  /** Those that the filter lets through, the newest first. */
  readonly events: readonly PassedEvent[];
}

/** One PutRecordBatch call, ended: an entry of `GET /api/data/calls`. */
export interface WireCall {
  readonly number: number;
  /** Real time, ISO 8601. */
  readonly at: string;
  readonly records: number;
  readonly events: number;
  /** Before base64. */
  readonly bytes: number;
  /** Each record rounded up to 5 KiB. */
  readonly billedBytes: number;
  /** From the call to its answer. */
  readonly durationMs: number;
  /** Records that the service refused; all of them where the call failed as a whole. */
  readonly refused: number;
  /** Why the call, or the first refused record, failed. */
  readonly problem?: string;
}

/** A record of a call. */
export interface WireRecord {
  /** Place in its call, from 1. */
  readonly place: number;
  readonly events: number;
  readonly bytes: number;
  readonly billedBytes: number;
  /** Times that it was sent, this time included. */
  readonly attempts: number;
  /** What the service gave it, where it took it. */
  readonly recordId?: string;
  readonly problem?: string;
}

/** Calls of the producer, the newest first, and those that are kept. */
export interface CallsAnswer {
  readonly made: number;
  readonly calls: readonly WireCall[];
}

/** One call with its records: `GET /api/data/call`. */
export interface CallAnswer {
  readonly call: WireCall;
  readonly records: readonly WireRecord[];
  /** Beginning of the first record, as text. */
  readonly text: string;
}

/** A Parquet file of the lake. */
export interface ParquetFile {
  readonly key: string;
  /** `datehour=2026-01-06-14/run=1` */
  readonly partition: string;
  readonly rows: number;
  readonly bytes: number;
  /** Real time, ISO 8601. */
  readonly writtenAt: string;
}

/** Parquet files, the newest first: `GET /api/data/files`. */
export interface FilesAnswer {
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  readonly shown: readonly ParquetFile[];
  /** Rows that are acknowledged and in no file yet; undefined while the endpoint is down. */
  readonly waitingRows?: number;
  /** Real time at which the next file is written by itself, ISO 8601. */
  readonly nextAt?: string;
}

/** Contents of one Parquet file: `GET /api/data/file`. */
export interface FileAnswer {
  readonly file: ParquetFile;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly codec: string;
    /** Compressed, in the file. */
    readonly bytes: number;
  }[];
}

/** A record in the error output. */
export interface ErrorRecord {
  /** Object and line: unique, and its address in the view. */
  readonly id: string;
  /** `format-conversion-failed`, `processing-failed`, … */
  readonly type: string;
  readonly code: string;
  readonly reason: string;
  /** Real time at which the record came, ISO 8601. */
  readonly arrivedAt: string;
  readonly attempts: number;
  /** The record, decoded and cut. */
  readonly record: string;
}

/** Error output, the newest first: `GET /api/data/errors`. */
export interface ErrorsAnswer {
  readonly records: readonly ErrorRecord[];
  /** Records on their way there; undefined while the endpoint is down. */
  readonly waiting?: number;
}

/** A restock request of this start of the chain. */
export interface RequestRow {
  readonly id: string;
  readonly state: 'asked' | 'acknowledged' | 'on_the_way' | 'delivered' | 'cancelled';
  readonly storeId: string;
  readonly productId: string;
  readonly storeName: string;
  readonly productName: string;
  readonly quantity: number;
  /** Real time of each state, ISO 8601. */
  readonly at: Readonly<Partial<Record<RequestRow['state'], string>>>;
  /** Load that brings it. */
  readonly load?: string;
}

/** The queue and the requests, the newest first: `GET /api/data/requests`. */
export interface RequestsAnswer {
  /** Messages that wait and that somebody has taken; undefined while the endpoint is down. */
  readonly queue?: { readonly waiting: number; readonly taken: number };
  readonly asked: number;
  readonly requests: readonly RequestRow[];
}

/** Where an event went: `GET /api/data/trace`. */
export interface TraceAnswer {
  /** The record that carried it, where it is kept still. */
  readonly record?: { readonly call: WireCall; readonly record: WireRecord };
  /** Its object in the lake, which may not be written yet. */
  readonly object?: { readonly key: string; readonly isWritten: boolean };
  /** The newest request for its shelf. */
  readonly request?: RequestRow;
}

/** A record to send: `POST /api/data/send`. */
export interface SendRequest {
  readonly data: string;
}

/** What became of a record that was sent. */
export interface SendAnswer {
  readonly recordId: string;
  readonly bytes: number;
  readonly billedBytes: number;
  readonly durationMs: number;
  /** `table`: its row can be queried; `errors`: it is in the error output. `waiting`: it was in neither, yet. */
  readonly went: 'table' | 'errors' | 'waiting';
  /** Object that holds it, or will. */
  readonly key?: string;
  readonly error?: ErrorRecord;
}
