const MIB = 1 << 20;

/** What one invocation, message or object may claim of whoever takes it in. */
export interface IntakeLimits {
  /** Envelopes within each other: what lies deeper is kept as it is. Services wrap three or four. */
  readonly envelopeDepth: number;
  /** Compressions within each other. */
  readonly compressionDepth: number;
  /** Bytes that a compressed byte may become; the first MiB is free. DEFLATE itself ends at 1,032 (zlib's technical notes). */
  readonly expansion: number;
  /** Bytes that all compressed parts of one event may become. */
  readonly unpackedBytes: number;
  /** Records of one message: the largest payload of Lambda, 6 MB (2026), holds a third of it in whole events. */
  readonly records: number;
  /** Records in one KPL aggregate: a Kinesis record of 10 MiB (Kinesis quotas, 2026) holds a third of it in whole events. */
  readonly aggregatedRecords: number;
  /** Bytes of an object that is read in full. */
  readonly objectBytes: number;
  /** Records of one object. */
  readonly objectRecords: number;
}

/** What one invocation, message or object may claim; what claims more is kept raw, never cut. */
export const intakeLimits: IntakeLimits = Object.freeze({
  envelopeDepth: 8,
  compressionDepth: 3,
  expansion: 250,
  unpackedBytes: 64 * MIB,
  records: 50_000,
  aggregatedRecords: 100_000,
  objectBytes: 64 * MIB,
  objectRecords: 250_000,
});
