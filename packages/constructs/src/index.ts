export { createAlarms, createDashboard, type Watched } from './alarms.js';
export { createCatalog, createWorkGroup, type Catalog } from './catalog.js';
export {
  createDeliveryStreams,
  deliveryStreamLimits,
  type DeliveryStreams,
  type DeliveryStreamsOptions,
} from './delivery-stream.js';
export { ConstructsError, type ConstructsErrorCode } from './errors.js';
export { fanOutDefinition } from './fan-out-definition.js';
export { createFunctions, type Functions, type FunctionSurroundings } from './functions.js';
export { createLake } from './lake.js';
export { createQueues, type Queues } from './queues.js';
export { createSchedules } from './schedules.js';
export { nameOf, removalOf, stageOf, type Stage } from './stage.js';
export type { StoreFunction } from './store-function.js';
