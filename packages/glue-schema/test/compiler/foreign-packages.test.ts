import { emitSchema } from '@store/glue-schema/compiler';
import { expect, test } from 'vitest';
import { toDuckDbColumns } from '../../src/index.js';
import { entryFor, foreignTypes, isInstalled } from '../foreign-packages.js';

// A small share of what `npm run campaign -- foreign-types` reads.
const share = foreignTypes()
  .map((type, number) => ({ ...type, number, skip: !isInstalled(type.packageName) }))
  .filter(({ text }) => ['L.S3Event', 'L.Geometry', 'L.Square.CatalogItem'].includes(text));

for (const { skip, number, ...type } of share) {
  // Installed by `node scripts/prepare-foreign-types.mjs`.
  test.skipIf(skip)(
    `${type.packageName} ${type.text} has columns where its other parts are JSON text`,
    () => {
      const { names } = type;
      const map = { unmappable: 'json' } as const;
      const emitted = emitSchema({ entry: entryFor(type, number), type: 'Subject', names, map });
      expect(emitted.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(toDuckDbColumns(emitted.schema ?? { name: 'none', columns: [] }).length).toBeGreaterThan(0);
    },
  );
}

test('the list holds 100 types of at least 25 packages, each once', () => {
  const types = foreignTypes();
  expect(types).toHaveLength(100);
  expect(new Set(types.map(({ packageName, text }) => `${packageName} ${text}`)).size).toBe(100);
  expect(new Set(types.map(({ packageName }) => packageName)).size).toBeGreaterThanOrEqual(25);
});
