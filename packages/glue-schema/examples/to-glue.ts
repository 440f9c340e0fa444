import { type TableSchema, toAthenaDdl, toGlueColumns } from '@store/glue-schema';

// `store schema emit --entry src/order.ts --type Order` writes this from the interface.
const orderSchema: TableSchema = {
  name: 'Order',
  columns: [
    { name: 'order_id', comment: 'Unique.', type: { kind: 'string' } },
    { name: 'placed_at', type: { kind: 'timestamp', wire: 'iso' } },
    { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
    { name: 'tags', optional: true, type: { kind: 'array', element: { kind: 'string' } } },
  ],
};

console.log(JSON.stringify(toGlueColumns(orderSchema), null, 2));
console.log(toAthenaDdl(orderSchema, { location: 's3://lake/orders/' }));
