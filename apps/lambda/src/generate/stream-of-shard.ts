/** Where a shard writes, and how much of that delivery stream's quota is its own. */
export interface ShardTarget {
  readonly streamName: string;
  /** One over the number of shards that write to the same delivery stream. */
  readonly share: number;
}

/** Shard i of N writes to stream i modulo S, together with the other shards of that remainder. */
export function streamOfShard(
  streamNames: readonly string[],
  shard: { readonly index: number; readonly count: number } = { index: 0, count: 1 },
): ShardTarget {
  const at = shard.index % streamNames.length;
  const streamName = streamNames[at];
  if (streamName === undefined) throw new RangeError('Expected at least one delivery stream, got none.');
  return { streamName, share: 1 / Math.ceil((shard.count - at) / streamNames.length) };
}
