export { createSqsService } from './sqs-service.js';
export type { SqsService, SqsServiceOptions } from './sqs-service.js';
