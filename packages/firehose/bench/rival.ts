/** One way to get events to the endpoint, measured. */
export interface Rival {
  readonly name: string;
  /** Events that one run sends. */
  readonly events: number;
  readonly run: () => Promise<void>;
}

/**
 * Client CPU per event of each rival: medians of interleaved rounds, after one round that counts for nothing.
 * Before this, let every rival make some hundred calls: cold, the SDK's code takes four times as long.
 */
export async function measure(rivals: readonly Rival[], rounds: number): Promise<Map<string, number>> {
  const samples = new Map<string, number[]>(rivals.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++) {
    // The order turns each round, so that no rival always follows the same one.
    const order = round % 2 === 0 ? rivals : [...rivals].reverse();
    for (const { name, events, run } of order) {
      // Young objects only: a full collection takes compiled code along, and each round would begin cold.
      globalThis.gc?.({ type: 'minor', execution: 'sync' });
      const before = process.cpuUsage();
      await run();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) samples.get(name)?.push((user + system) / events);
    }
  }
  return new Map([...samples].map(([name, values]) => [name, median(values)]));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}
