import type { DemoFlags } from '../commands/demo.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Runs `store demo`. */
export async function runDemo(flags: DemoFlags, terminal: Terminal): Promise<void> {
  throw new CliError(`store demo of ${terminal.cwd} with ${flags.stores} stores is not built yet.`, {
    code: 'NOT_BUILT',
  });
}
