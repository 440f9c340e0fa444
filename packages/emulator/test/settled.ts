import { setTimeout } from 'node:timers/promises';

/** Looks again and again, until there are `count` items; the test's own limit ends it. */
export async function settled<T>(look: () => Promise<readonly T[]>, count: number): Promise<readonly T[]> {
  for (;;) {
    const items = await look();
    if (items.length >= count) return items;
    await setTimeout(5);
  }
}
