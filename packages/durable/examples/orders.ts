import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DurableError, lockFolder, openLog } from '@store/durable';

const folder = mkdtempSync(join(tmpdir(), 'orders-'));

// One owner for the folder, until it is released or the process ends.
const lock = lockFolder(folder);
try {
  lockFolder(folder);
} catch (error) {
  if (error instanceof DurableError) console.log(error.code);
}

// What `commit` has resolved for survives a kill and a power failure.
const log = openLog(join(folder, 'log'));
await Promise.all(['12 apples', '3 pears', '7 plums'].map((text) => log.commit(1, Buffer.from(text))));
await log.close();

const again = openLog(join(folder, 'log'), {
  onEntry: ({ payload }) => {
    console.log(payload.toString());
  },
});
await again.close();

// One bit turns over on the disk.
const file = join(folder, 'log', '000000001.log');
const bytes = readFileSync(file);
bytes.writeUInt8(bytes.readUInt8(110) ^ 1, 110);
writeFileSync(file, bytes);
try {
  openLog(join(folder, 'log'));
} catch (error) {
  if (error instanceof DurableError) console.log(error.code, 'at byte', error.offset);
}
const salvaged = openLog(join(folder, 'log'), { onDamage: 'salvage' });
console.log(salvaged.recovery.entries, 'sound entries,', salvaged.recovery.damages[0]?.problem);
await salvaged.close();
lock.release();
rmSync(folder, { recursive: true });
