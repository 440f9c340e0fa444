/** A price, the day on which it was last looked at, and how well it is known. */
export interface Price {
  readonly usd: number;
  readonly per: string;
  readonly asOf: string;
  /** `published`: seen in several public sources. `remembered`: look it up before relying on it. */
  readonly confidence: 'published' | 'remembered';
}

const asOf = '2026-11-01';

/**
 * Prices of us-east-1 without free tiers and discounts. That Firehose bills in steps of 5 KB, conversion too, stands
 * on copies of its pricing page; the price of ingestion in eight public repositories, Athena's in one.
 */
export const prices: Readonly<Record<PriceName, Price>> = {
  firehoseIngest: { usd: 0.029, per: 'GB, each record rounded up to 5 KB', asOf, confidence: 'published' },
  firehoseConversion: { usd: 0.018, per: 'GB, the same GB as ingested', asOf, confidence: 'remembered' },
  dynamicPartitioning: { usd: 0.02, per: 'GB delivered', asOf, confidence: 'remembered' },
  partitionedObjects: { usd: 0.005, per: '1,000 objects delivered', asOf, confidence: 'remembered' },
  s3Storage: { usd: 0.023, per: 'GB and month', asOf, confidence: 'remembered' },
  s3Put: { usd: 0.005, per: '1,000 objects written', asOf, confidence: 'remembered' },
  athenaScan: { usd: 5, per: 'TB scanned', asOf, confidence: 'published' },
  sqsFifo: { usd: 0.5, per: 'million requests', asOf, confidence: 'remembered' },
};

/** The prices that an estimate is made of. */
export type PriceName =
  | 'firehoseIngest'
  | 'firehoseConversion'
  | 'dynamicPartitioning'
  | 'partitionedObjects'
  | 's3Storage'
  | 's3Put'
  | 'athenaScan'
  | 'sqsFifo';

/** The region whose price of ingestion is known here; elsewhere `--ingest-price` says it. */
export const regionsAtListPrice: ReadonlySet<string> = new Set(['us-east-1']);

/** AWS bills binary gigabytes under the name GB. */
export const bytesPerGb: number = 1024 ** 3;
