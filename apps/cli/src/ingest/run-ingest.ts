import { CliError } from '../terminal/errors.js';

/** Runs `store ingest`. */
export async function runIngest(...given: readonly unknown[]): Promise<void> {
  throw new CliError(`store ingest is not built yet (${given.length} arguments).`, { code: 'NOT_BUILT' });
}
