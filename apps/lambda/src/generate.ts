import { createGenerateHandler } from './generate/handler.js';

/** Entry of the `generate` function. */
export const handler: ReturnType<typeof createGenerateHandler> = createGenerateHandler(process.env);
