/**
 * What the page and its server say to each other: server-sent events one way, small JSON posts the other. Both sides are
 * compiled against this package: the shapes of the messages, and the scale of the heat map's bytes.
 */
import type { ChainStatus, FaultBand, FaultName } from './chain.js';

export {
  partNames,
  type ChainStatus,
  type FaultBand,
  type FaultName,
  type HistoryColumns,
  type HistoryMessage,
  type LogEntry,
  type PartCauses,
  type PartName,
  type PartStatus,
  type SampleMessage,
} from './chain.js';
export {
  applyChanges,
  fullLevel,
  levelOf,
  orderedBit,
  packChanges,
  plentyLevel,
  shelfByte,
  shelfState,
  thresholdLevel,
  unknownShelf,
  type ShelfState,
} from './shelf-bytes.js';

/** Once, when the page connects: what the cells of the heat map stand for. */
export interface WorldMessage {
  readonly stores: readonly { readonly id: string; readonly name: string; readonly city: string }[];
  readonly products: readonly { readonly id: string; readonly name: string; readonly category: string }[];
  /** First and last instant that the world can be moved to, ISO 8601. */
  readonly from: string;
  readonly to: string;
}

/** When the page connects and when the world was moved: every shelf. */
export interface FrameMessage {
  /** World time, ISO 8601. */
  readonly at: string;
  /** Base64, one byte a shelf, store by store; see `shelfByte`. */
  readonly cells: string;
}

/** Ten times a second: the shelves that changed. */
export interface DeltaMessage {
  /** World time, ISO 8601. */
  readonly at: string;
  /** See `packChanges`. */
  readonly changes: readonly number[];
}

/** A shelf below its reorder point. */
export interface LowStockRow {
  readonly storeId: string;
  readonly productId: string;
  readonly storeName: string;
  readonly productName: string;
  readonly currentStock: number;
  readonly minThreshold: number;
  /** Units that are ordered. */
  readonly onOrder: number;
  /** World time at which the next truck brings some; missing while no truck is on the road for it. */
  readonly arrivesAt?: string;
  /** World time at which it fell below. */
  readonly since: string;
}

/** Orders of the low-stock list: most units missing first, by name, nothing ordered first, short for longest first. */
export const lowSorts = ['missing', 'name', 'order', 'since'] as const;
/** One of them. */
export type LowSort = (typeof lowSorts)[number];

/** `GET /api/low?sort=&q=&from=&count=`: a part of the low-stock list. A `-` before the sort turns it round. */
export interface LowAnswer {
  /** World time, ISO 8601. */
  readonly at: string;
  /** Shelves that the search finds, and those that are low at all. */
  readonly total: number;
  readonly low: number;
  /** Number of the first row. */
  readonly from: number;
  readonly rows: readonly LowStockRow[];
}

/** What the producer does. */
export interface ProducerGauges {
  readonly accepted: number;
  readonly inFlight: number;
  readonly pending: number;
  readonly retries: number;
  /** Calls without a known outcome: sent again, so the lake may hold their events twice. */
  readonly ambiguous: number;
  readonly failed: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly dollars: number;
  /** Real time of the last delivery, by the server's clock. */
  readonly sentAt: number;
}

/** Contents of the lake. */
export interface LakeGauges {
  readonly rows: number;
  readonly distinctEvents: number;
  readonly files: number;
  readonly bytes: number;
}

/** A shelf worth looking at, and whether a truck is on the road for it. */
export interface SuggestedShelf {
  readonly storeId: string;
  readonly productId: string;
  readonly coming: boolean;
}

/** Twice a second: everything that is not the heat map. */
export interface StatusMessage {
  /** Real time, milliseconds since 1970, by the server's clock: what the page ages by its own. */
  readonly now: number;
  /** World time, ISO 8601. */
  readonly at: string;
  readonly state: 'running' | 'paused' | 'ended';
  /** Number of the run, from 1: a world that is moved begins a new one. */
  readonly run: number;
  readonly speed: number;
  readonly generated: number;
  readonly chain: ChainStatus;
  /** Real time until which everything that was made can be queried. */
  readonly freshAt: number;
  readonly producer: ProducerGauges;
  readonly lake: LakeGauges;
  /** Shelves below their reorder point, and those with nothing on them; and all that the stores sell. */
  readonly low: number;
  readonly empty: number;
  readonly shelves: number;
  readonly trucksOnTheWay: number;
  readonly trucksArrived: number;
  /** World time at which the next truck arrives. */
  readonly nextTruckAt?: string;
  /** Real time at which the oldest request that no truck has taken was asked for, by the server's clock. */
  readonly queueSince?: number;
  readonly faults: readonly FaultName[];
  readonly bands: readonly FaultBand[];
  /** The shelf to look at while nobody has chosen one: short, most units missing, with a truck if there is one. */
  readonly suggested?: SuggestedShelf;
}

/** `GET /api/series?store=&product=`: stock of one shelf over world time. */
export interface SeriesAnswer {
  readonly storeId: string;
  readonly productId: string;
  /** World time of the answer, seconds since 1970. */
  readonly now: number;
  readonly currentStock: number;
  readonly threshold: number;
  readonly onOrder: number;
  /** Seconds since 1970-01-01 UTC, rising; the first is the world's start or the oldest that is kept. */
  readonly at: readonly number[];
  readonly stock: readonly number[];
  /** Seconds at which a truck filled the shelf. */
  readonly deliveries: readonly number[];
  /** What trucks on the road will bring, and when, in seconds. */
  readonly coming: readonly { readonly at: number; readonly units: number }[];
}

/** What the page asks of the world. */
export type ControlRequest =
  | { readonly action: 'pause' | 'resume' }
  | { readonly action: 'speed'; readonly speed: number }
  | { readonly action: 'seek'; readonly at: string }
  | { readonly action: 'fault'; readonly fault: FaultName; readonly on: boolean };

/** A query with a name, for the list beside the SQL box. */
export interface NamedQueryMessage {
  readonly name: string;
  readonly title: string;
  readonly sql: string;
}

/** What any request answers that could not be done. */
export interface ErrorAnswer {
  readonly error: string;
}

/**
 * Header in which the page sends back what its server wrote into it (the `meta` element of that name): new at each start,
 * and read by no page of another origin.
 */
export const tokenHeader = 'x-store-token';

export type {
  DownloadRequest,
  LakeContents,
  LakeTable,
  SchemaAnswer,
  SqlAnswer,
  SqlColumn,
  SqlErrorAnswer,
  SqlRequest,
  TableColumn,
} from './sql.js';

export type {
  CallAnswer,
  CallsAnswer,
  ErrorRecord,
  ErrorsAnswer,
  EventsAnswer,
  FileAnswer,
  FilesAnswer,
  ParquetFile,
  PassedEvent,
  RequestRow,
  RequestsAnswer,
  SendAnswer,
  SendRequest,
  TraceAnswer,
  WireCall,
  WireRecord,
} from './data.js';
