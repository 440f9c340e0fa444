/** The libraries that other projects install, and the entries of each, read from their package.json. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

export const libraries = readdirSync(join(root, 'packages'))
  .filter((folder) => existsSync(join(root, 'packages', folder, 'package.json')))
  .map((folder) => ({
    folder,
    manifest: JSON.parse(readFileSync(join(root, 'packages', folder, 'package.json'), 'utf8')),
  }))
  .filter(({ manifest }) => manifest.private !== true)
  .map(({ folder, manifest }) => {
    const entries = Object.entries(manifest.exports)
      .filter(([, target]) => typeof target === 'object')
      .map(([subpath, target]) => ({ subpath, types: target.types }));
    return {
      folder,
      name: manifest.name,
      version: manifest.version,
      path: join(root, 'packages', folder),
      entries,
      // Folder names of those of ours that it brings along.
      dependencies: Object.keys(manifest.dependencies ?? {})
        .filter((name) => name.startsWith('@store/'))
        .map((name) => name.slice('@store/'.length)),
    };
  });
