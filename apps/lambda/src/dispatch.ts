import { createDispatchHandler } from './dispatch/handler.js';

/** Entry of the `dispatch` function. */
export const handler: ReturnType<typeof createDispatchHandler> = createDispatchHandler(process.env);
