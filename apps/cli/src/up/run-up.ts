import { CliError } from '../terminal/errors.js';

/** Runs `store up`. */
export async function runUp(...given: readonly unknown[]): Promise<void> {
  throw new CliError(`store up is not built yet (${given.length} arguments).`, { code: 'NOT_BUILT' });
}
