import type { WorldFile } from './world-file.js';
/**
 * Reads a world file, checks all of it, and returns it, for `createWorld` to be spread into. Each problem names the path of
 * its value: `stores[1].assortment[2]: no product 'oats'`.
 *
 * @example
 * ```ts
 * import { createWorld, readWorldFile } from '@store/generator';
 *
 * const file = readWorldFile('{ "worldFile": 1, "stores": [{ "store_id": "lx-1", "timeZone": "Europe/Lisbon" }] }');
 * const world = createWorld({ ...file, seed: 7, products: 20 });
 * console.log(world.stores[0]?.timeZone.name); // Europe/Lisbon
 * ```
 *
 * @throws WorldError `INVALID_OPTION`
 */
export declare function readWorldFile(text: string | Uint8Array): WorldFile;
//# sourceMappingURL=read-world-file.d.ts.map