import { openIngestHandler } from './ingest/handler.js';

/** Entry of the `ingest` function. */
export const handler: Awaited<ReturnType<typeof openIngestHandler>> = await openIngestHandler(process.env);
