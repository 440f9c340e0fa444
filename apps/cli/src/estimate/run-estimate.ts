import { CliError } from '../terminal/errors.js';

/** Runs `store estimate`. */
export async function runEstimate(...given: readonly unknown[]): Promise<void> {
  throw new CliError(`store estimate is not built yet (${given.length} arguments).`, { code: 'NOT_BUILT' });
}
