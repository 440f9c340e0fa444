import { once } from 'node:events';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { deliveryReport } from '../inventory/producer.js';
import { claimRunFolder, type RunFolder } from '../local/run-folder.js';
import { sayTroubles } from '../local/say-troubles.js';
import { whileThere } from '../local/while-there.js';
import { coloursFor, plural } from '../output/format.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError, interruption } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';
import { startLiveChain, type UpFlags } from './live-chain.js';
import { openPage } from './open-page.js';
import { startPageServer } from './page-server.js';

/** Runs `store up` until Ctrl-C. */
export async function runUp(flags: UpFlags, terminal: Terminal): Promise<void> {
  const pageDir = findPage();
  const folder = await claimRunFolder(resolve(terminal.cwd, flags.data));
  await whileThere(folder.path, async () => runIn(folder, pageDir, flags, terminal));
}

async function runIn(folder: RunFolder, pageDir: string, flags: UpFlags, terminal: Terminal): Promise<void> {
  const { signal, stdout, stderr, env } = terminal;
  try {
    const onTrouble = flags.verbose === true ? sayTroubles(stderr) : () => undefined;
    const chain = await startLiveChain(flags, folder.path, terminal, onTrouble);
    try {
      const page = await startPageServer(flags.port, pageDir, chain.backend);
      try {
        if (flags.json === true)
          await writeJson(stdout, { page: page.url, endpoint: chain.endpoint, lakeDir: chain.lakeDir });
        else {
          const { bold, dim, cyan } = coloursFor(stdout, env);
          const shelves = plural(flags.stores * flags.products, 'shelf', 'shelves');
          await writeOut(
            stdout,
            `${bold('Live page:')} ${cyan(page.url)}\n${dim(`${shelves}, ${flags.speed} times real time; endpoint ${chain.endpoint}. Ctrl-C stops it.`)}\n`,
          );
        }
        if (flags.open === true) openPage(page.url, terminal);
        if (!signal.aborted) await once(signal, 'abort');
      } finally {
        await page.close();
      }
    } finally {
      await chain.close();
    }
    throw interruption(signal, `${deliveryReport(chain.stats())} The lake is in ${chain.lakeDir}.`);
  } finally {
    await folder.release();
  }
}

/** Built, the page is beside this code; in the repository's sources, in its own package. */
function findPage(): string {
  const places = ['./page', '../../../dashboard/dist'].map((place) =>
    fileURLToPath(new URL(place, import.meta.url)),
  );
  const found = places.find((place) => existsSync(resolve(place, 'index.html')));
  if (found !== undefined) return found;
  throw new CliError('NO_PAGE', 'The live page is not built.', {
    fix: 'Run `npm run store -- up` at the root of the repository, which builds it.',
  });
}
