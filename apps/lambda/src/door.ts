import { createDoorHandler } from './door/handler.js';

/** Entry of the `door` function. */
export const handler: ReturnType<typeof createDoorHandler> = createDoorHandler(process.env);
