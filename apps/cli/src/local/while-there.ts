import { stat } from 'node:fs/promises';
import { CliError } from '../terminal/errors.js';
import { isInside } from '../terminal/platform.js';

/**
 * Does work in a folder that is there. Where the folder or a file that the work needs was removed meanwhile, that is what went
 * wrong, whatever the work says: what it wrote is gone.
 *
 * @throws CliError `FOLDER_GONE`
 */
export async function whileThere<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const before = await identityOf(folder);
  const gone = async (cause?: unknown): Promise<CliError | undefined> => {
    const isThere = (await identityOf(folder)) === before;
    if (isThere && !missesFileOf(folder, cause)) return undefined;
    const what = isThere ? `Files of the folder ${folder} were` : `The folder ${folder} was`;
    return new CliError('FOLDER_GONE', `${what} removed while the command used it.`, {
      fix: 'What was written there is gone: run the command again, and leave the folder until it has ended.',
      cause,
    });
  };
  let result: Result;
  try {
    result = await work();
  } catch (error) {
    throw (await gone(error)) ?? error;
  }
  const error = await gone();
  if (error !== undefined) throw error;
  return result;
}

/** Tells a folder from another one of its name; undefined where there is none. */
async function identityOf(folder: string): Promise<string | undefined> {
  return stat(folder).then(
    ({ dev, ino, birthtimeMs }) => `${dev} ${ino} ${birthtimeMs}`,
    () => undefined,
  );
}

/** Whether an error, or one behind it, is that of a file of the folder that is not there. */
function missesFileOf(folder: string, error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isMissing = 'code' in error && error.code === 'ENOENT' && 'path' in error;
  return (isMissing && isInside(folder, String(error.path))) || missesFileOf(folder, error.cause);
}
