import { createPlanHandler } from './plan/handler.js';

/** Entry of the `plan` function. */
export const handler: ReturnType<typeof createPlanHandler> = createPlanHandler(process.env);
