// A worker of world-size.bench.ts: says when it is ready, then reads a shard at each message and tells its bytes.
import { parentPort } from 'node:worker_threads';
import { createWorld, type WorldShard } from '@store/generator';

parentPort?.on('message', (shard: WorldShard) => {
  let bytes = 0;
  for (const chunk of createWorld({ stores: 100, products: 300, days: 60, shard }).ndjson({ lend: true }))
    bytes += chunk.length;
  parentPort?.postMessage(bytes);
});
parentPort?.postMessage('ready');
