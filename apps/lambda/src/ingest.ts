import { createIngestHandler } from './ingest/handler.js';

/** Entry of the `ingest` function. */
export const handler: ReturnType<typeof createIngestHandler> = createIngestHandler(process.env);
