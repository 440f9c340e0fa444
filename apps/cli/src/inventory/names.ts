/** Where commands look for a lake by default: where `store demo` leaves one. */
export const defaultDataDir = '.store/demo';

/** What the command creates, and looks for, in an account or at the embedded endpoint. */
export const names: {
  readonly bucket: string;
  readonly database: string;
  readonly table: string;
  readonly deliveryStream: string;
  readonly truckQueue: string;
  readonly restockTable: string;
} = Object.freeze({
  bucket: 'store-lake',
  database: 'store',
  table: 'inventory_events',
  deliveryStream: 'inventory-events',
  truckQueue: 'restock-requests.fifo',
  restockTable: 'restock-requests',
});
