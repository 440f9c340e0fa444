import { CliError } from '../terminal/errors.js';

/** Runs `store emulator`. */
export async function runEmulator(...given: readonly unknown[]): Promise<void> {
  throw new CliError(`store emulator is not built yet (${given.length} arguments).`, { code: 'NOT_BUILT' });
}
