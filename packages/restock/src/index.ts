export { detectLowStock, requestFor } from './detect-low-stock.js';
export { RestockError, type RestockErrorCode } from './errors.js';
export { lowStockQuery, type LowStockQueryOptions } from './low-stock-query.js';
export { orderQuantity, type QuantityOptions, type StockPosition } from './order-quantity.js';
export { planDeliveries, type PlanOptions, type TruckItem, type TruckLoad } from './plan-deliveries.js';
export { requestId, type EpisodeKey } from './request-id.js';
export { toRestockRequest } from './to-restock-request.js';
