import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Options } from 'tsup';
import common from '../../tsup.config.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The library, and in a folder beside it the functions that it deploys, which are built before (turbo.json): whole, without source maps. */
const config: Options = {
  ...common,
  entry: ['src/index.ts'],
  onSuccess: async () => {
    for (const name of ['generate', 'ingest', 'plan', 'dispatch', 'door']) {
      await cp(at(`../../apps/lambda/dist/${name}`), at(`dist/functions/${name}`), {
        recursive: true,
        filter: (path) => !path.endsWith('.map'),
      });
    }
  },
};

export default config;
