import { byDay, InventoryLake } from '@store/constructs';
import { App, Stack } from 'aws-cdk-lib';

// What `store schema emit --format manifest` writes for a type of yours; a module's `orderSchema` is the same.
const orderSchema = {
  name: 'Order',
  columns: [
    { name: 'order_id', type: { kind: 'string' } },
    { name: 'ordered_at', type: { kind: 'timestamp', wire: 'iso' } },
    { name: 'total', type: { kind: 'decimal', precision: 10, scale: 2 } },
  ],
} as const;

const stack = new Stack(new App({ analyticsReporting: false }), 'shop');
const lake = new InventoryLake(stack, 'Orders', {
  schema: orderSchema,
  partitioning: byDay('ordered_at', { from: '2024' }),
  database: 'sales',
});

console.log(`${lake.databaseName}.${lake.tableName} by ${lake.partitionKey}`);
