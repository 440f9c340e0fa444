export { WorldError, type WorldErrorCode } from './errors.js';
export type { Shard, WorldOptions } from './options.js';
export { createWorld, type NdjsonOptions, type World } from './world.js';
