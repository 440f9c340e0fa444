import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateDatabaseCommand, GlueClient } from '@aws-sdk/client-glue';
import { startEmulator } from '@store/emulator';
import { clientOptions } from '../../src/aws/client-options.js';
import { type Outcome, runStore } from '../terminal.js';

/** A folder with a type, and an embedded Glue with the database `shop`. */
export interface ServedCatalog {
  readonly cwd: string;
  readonly endpoint: string;
  readonly glue: GlueClient;
  /** Writes the type `Order` with these fields. */
  readonly writeType: (fields: string) => void;
  /** Runs `store schema`. */
  readonly store: (command: string, ...args: string[]) => Promise<Outcome>;
  readonly close: () => Promise<void>;
}

/** Where the type `Order` is, and where its table goes. */
export const order: readonly string[] = [
  '--entry',
  'order.ts',
  '--type',
  'Order',
  '--database',
  'shop',
  '--location',
  's3://lake/orders/',
];

/** Serves a catalog for one test file. */
export async function serveCatalog(): Promise<ServedCatalog> {
  const cwd = mkdtempSync(join(tmpdir(), 'schema-catalog-'));
  const emulator = await startEmulator({ dataDir: join(cwd, 'data') });
  const { endpoint } = emulator;
  const glue = new GlueClient(clientOptions('GLUE', {}, endpoint));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'shop' } }));
  return {
    cwd,
    endpoint,
    glue,
    writeType: (fields) => {
      writeFileSync(join(cwd, 'order.ts'), `export interface Order {\n${fields}\n}\n`);
    },
    store: (command, ...args) =>
      runStore(['schema', command, ...args], { cwd, env: { AWS_ENDPOINT_URL: endpoint } }),
    close: async () => {
      glue.destroy();
      await emulator.close();
      rmSync(cwd, { recursive: true, force: true });
    },
  };
}
