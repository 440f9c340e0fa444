import { createWorld, type World, type WorldOptions } from '../src/index.js';

/** The lines of a world from where it stands. */
export function linesOf(world: Pick<World, 'ndjson'>): string[] {
  const decoder = new TextDecoder();
  let text = '';
  for (const chunk of world.ndjson()) text += decoder.decode(chunk, { stream: true });
  return text.split('\n').slice(0, -1);
}

/** A small world over stores of many time zones. */
export function smallWorld(options: WorldOptions = {}): World {
  return createWorld({ seed: 7, stores: 9, products: 14, days: 5, ...options });
}
