import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../terminal/errors.js';

const run = promisify(execFile);

/** What a new project imports, and what that imports. */
const libraries = ['glue-schema', 'schema', 'generator', 'firehose'] as const;

/**
 * Packs the libraries of the checkout that this command runs from into `folder/vendor`, as npm would publish them:
 * a new project depends on nothing that a registry does not have.
 *
 * @returns what the project's package.json says of each: its name and where its tarball is
 */
export async function packLibraries(folder: string): Promise<Readonly<Record<string, string>>> {
  const checkout = checkoutAbove(import.meta.dirname);
  const bin = join(checkout, 'node_modules', '.bin');
  const env = { ...process.env, PATH: `${bin}:${process.env.PATH ?? ''}`, TURBO_TELEMETRY_DISABLED: '1' };
  const filters = libraries.map((name) => `--filter=@store/${name}`);
  await run(join(bin, 'turbo'), ['run', 'types', ...filters, '--output-logs=errors-only'], {
    cwd: checkout,
    env,
  });
  await mkdir(join(folder, 'vendor'), { recursive: true });
  const dependencies: Record<string, string> = {};
  for (const name of libraries) {
    const tarball = `vendor/store-${name}.tgz`;
    await run(join(bin, 'pnpm'), ['pack', '--out', join(folder, tarball)], {
      cwd: join(checkout, 'packages', name),
      env,
    });
    dependencies[`@store/${name}`] = `file:${tarball}`;
  }
  return dependencies;
}

function checkoutAbove(start: string): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
    if (dirname(folder) === folder) {
      throw new CliError('This command is not part of a checkout, so there are no libraries to pack.', {
        code: 'NO_CHECKOUT',
        fix: 'Run it with `npm run store -- init` in a clone of the repository.',
      });
    }
  }
}
