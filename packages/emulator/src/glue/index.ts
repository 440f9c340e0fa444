export { createGlueService } from './glue-service.js';
export type { GlueService } from './glue-service.js';
