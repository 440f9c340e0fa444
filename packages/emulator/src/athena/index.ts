export { createAthenaService } from './athena-service.js';
export type { AthenaService } from './athena-service.js';
export { trinoPrelude } from './prelude.js';
