export { createGlueService } from './glue-service.js';
export type { GlueService, GlueServiceOptions } from './glue-service.js';
