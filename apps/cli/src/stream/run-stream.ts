import { CliError } from '../terminal/errors.js';

/** Runs `store stream`. */
export async function runStream(...given: readonly unknown[]): Promise<void> {
  throw new CliError(`store stream is not built yet (${given.length} arguments).`, { code: 'NOT_BUILT' });
}
