import type { GenerateFlags } from '../commands/generate.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Runs `store generate`. */
export async function runGenerate(flags: GenerateFlags, terminal: Terminal): Promise<void> {
  throw new CliError(`store generate of ${terminal.cwd} with ${flags.stores} stores is not built yet.`, {
    code: 'NOT_BUILT',
  });
}
