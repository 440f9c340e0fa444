import { createWorld, WorldError, type World, type InventoryOptions } from '@store/generator';
import type { WorldFlags } from '../options/world-options.js';
import { UsageError } from '../terminal/errors.js';

/** The world that the flags describe; what the generator does not accept is wrong usage. */
export function worldOf(flags: WorldFlags): World {
  try {
    return createWorld(worldOptions(flags));
  } catch (error) {
    if (error instanceof WorldError) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}

function worldOptions({
  seed,
  stores,
  products,
  days,
  start,
  preset,
  shard,
  chaos,
}: WorldFlags): InventoryOptions {
  if (preset !== undefined) throw new UsageError(`There is no preset ${preset}.`);
  if (chaos !== undefined && chaos !== false) throw new UsageError('There is no chaos yet.');
  return {
    seed,
    stores,
    products,
    days,
    start,
    ...(shard === undefined ? {} : { shard }),
  };
}
