// A process that starts on a lake, asks one question, and says how long it ran until the answer, and its CPU time.
import { startEmulator } from '@store/emulator';

const emulator = await startEmulator({ dataDir: process.argv[2] ?? '' });
await emulator.query(
  "SELECT count(*) AS n FROM lake.events WHERE datehour = '2026-01-05-03' AND is_low_stock",
);
const { user, system } = process.cpuUsage();
process.stdout.write(JSON.stringify({ ms: process.uptime() * 1000, cpuMs: (user + system) / 1000 }));
process.exit(0);
