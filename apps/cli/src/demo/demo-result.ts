/** A shelf below its reorder point, as the SQL query found it. */
export interface LowStockShelf {
  readonly store: string;
  readonly city: string;
  readonly product: string;
  readonly currentStock: number;
  readonly minThreshold: number;
  readonly onOrder: number;
}

/** What `store demo --json` prints; every number was measured in this run. */
export interface DemoResult {
  readonly stores: number;
  readonly products: number;
  readonly days: number;
  readonly seed: number;
  /** Events that the world made. */
  readonly eventsGenerated: number;
  /** Events that the endpoint acknowledged, as the producer counts them. */
  readonly eventsAccepted: number;
  /** Rows that a DuckDB of its own counts in the Parquet files. */
  readonly rowsInLake: number;
  readonly partitions: number;
  readonly files: number;
  readonly lakeBytes: number;
  readonly partitionedBy: 'datehour' | 'date';
  /** Pairs of store and product that the SQL query finds below the reorder point. */
  readonly lowStockPairs: number;
  /** Those of them that what is on order does not cover. */
  readonly restockRequests: number;
  /** Restock requests that the truck consumer received and deleted. */
  readonly truckMessages: number;
  /** Trucks that these fill. */
  readonly truckLoads: number;
  readonly truckUnits: number;
  readonly eventBytes: number;
  readonly billedBytes: number;
  readonly dollars: number;
  readonly retries: number;
  readonly ambiguous: number;
  readonly seconds: number;
  /** Events a second from the first one made to the last one acknowledged. */
  readonly eventsPerSecond: number;
  readonly endpoint: string;
  /** Where the Parquet files lie. */
  readonly lakeDir: string;
  /** The ten shelves that are furthest below. */
  readonly lowStock: readonly LowStockShelf[];
}
