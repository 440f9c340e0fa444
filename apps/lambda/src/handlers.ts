/** The functions for people who call them in a process of their own, such as the `store` command. */
export { createGenerateHandler, type GenerateAnswer } from './generate/handler.js';
export { createIngestHandler, type IngestAnswer } from './ingest/handler.js';
export { createPlanHandler } from './plan/handler.js';
export { createDispatchHandler } from './dispatch/handler.js';
