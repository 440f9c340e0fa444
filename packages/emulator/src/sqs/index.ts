export { createSqsService } from './sqs-service.js';
export type { SqsService } from './sqs-service.js';
