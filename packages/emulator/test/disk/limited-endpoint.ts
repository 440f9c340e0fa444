/** An endpoint in a process of its own, which a test gives few descriptors, a full disk or a folder that goes away. */
import { startEmulator } from '../../src/index.js';

const [dataDir = ''] = process.argv.slice(2);
process.on('unhandledRejection', (error) => {
  process.stdout.write(`unhandled ${String(error)}\n`);
  process.exit(70);
});
const emulator = await startEmulator({
  dataDir,
  logSegmentBytes: 20_000,
  onTrouble: (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  },
});
process.stdout.write(`${emulator.endpoint}\n`);
process.stdin.on('data', (chunk) => {
  if (String(chunk).includes('close')) void emulator.close().then(() => process.exit(0));
});
