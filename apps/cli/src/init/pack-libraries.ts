import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../terminal/errors.js';

const run = promisify(execFile);

/** What a project imports, and the command itself. */
const packed = ['glue-schema', 'schema', 'generator', 'firehose', 'cli'] as const;

/**
 * Packs the command and the libraries of the checkout that it runs from into `folder/vendor`, as npm would publish them:
 * a project depends on nothing that a registry does not have, and `npx store` works in it.
 *
 * @param signal - ends the work; what it throws then is the signal's reason
 * @returns what the project's package.json says of each: its name and where its tarball is
 */
export async function packLibraries(
  folder: string,
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const checkout = checkoutAbove(import.meta.dirname);
  const vendor = join(folder, 'vendor');
  const script = join(checkout, 'scripts', 'pack.mjs');
  const options = { cwd: checkout, signal };
  const { stdout } = await run(process.execPath, [script, vendor, ...packed], options).catch(
    (error: unknown) => {
      // Ctrl-C reaches the script too, which then ends silently.
      signal.throwIfAborted();
      throw notPacked(error, vendor);
    },
  );
  // The script prints the tarball of each library, and of those of ours that it needs.
  const tarballs = JSON.parse(stdout) as Readonly<Record<string, string>>;
  return Object.fromEntries(
    Object.entries(tarballs).map(([name, path]) => [name, `file:vendor/${basename(path)}`]),
  );
}

/** Why the script failed, by what it wrote: an error of the system, or that of a build. */
function notPacked(error: unknown, vendor: string): unknown {
  const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
  const [, reason = said.trim(), code] = /^(?:\w*Error: )((E[A-Z]+)?.*)$/m.exec(said) ?? [];
  if (code !== undefined) return Object.assign(new Error(reason, { cause: error }), { code, path: vendor });
  return new CliError('NO_CHECKOUT', `The libraries could not be packed: ${reason}`, {
    fix: 'Build them with `npm run build` at the root of the clone, and see what that says.',
    cause: error,
  });
}

function checkoutAbove(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (dirname(folder) === folder) {
      throw new CliError(
        'NO_CHECKOUT',
        'This command is not part of a checkout, so there are no libraries to pack.',
        { fix: 'Run it in a clone of the repository: `npm run store -- init`.' },
      );
    }
  }
}
