/**
 * What `npm pack` and `npm publish` run in a package first: installs what is missing, builds the package and what it needs,
 * and writes the declarations. `scripts/pack.mjs`, which has built everything already, says so by STORE_BUILT.
 */
import { join } from 'node:path';
import { root, runNode } from './programs.mjs';

if (process.env.STORE_BUILT !== '1') {
  const name = process.env.npm_package_name ?? '';
  const built = runNode([join(root, 'scripts', 'run.mjs'), 'build', name], { cwd: root });
  if (built !== 0) process.exit(built);
  const { buildDeclarations } = await import('./build.mjs');
  process.exit(buildDeclarations());
}
