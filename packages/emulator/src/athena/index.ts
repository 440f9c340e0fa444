export { createAthenaService } from './athena-service.js';
export type { AthenaService, AthenaServiceOptions } from './athena-service.js';
export { trinoPrelude } from './prelude.js';
