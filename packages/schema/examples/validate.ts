import { inventoryEventColumns, validateInventoryEvent } from '@store/schema';

console.log(`${inventoryEventColumns.length} columns, the seventh is`, inventoryEventColumns[6]?.Type);

const received: unknown = JSON.parse('{"event_id":"e-1","event_type":"sold","sequence":1.5}');
const result = validateInventoryEvent(received);
if (!result.ok) for (const { code, message } of result.issues.slice(0, 4)) console.log(code, message);
