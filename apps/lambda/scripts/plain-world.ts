import type { Plugin } from 'esbuild';

const refusal = `throw new Error('A function simulates counts of stores and products, and reads their events.');`;
const refusing = (...names: readonly string[]): string =>
  names.map((name) => `export function ${name}() { ${refusal} }`).join('\n');

/** What stands for each module of the generator that no event of a function can reach. */
const instead: Readonly<Record<string, string>> = {
  'own/world-rules': 'export const ownRules = {};',
  'own/own-settings': `export const settleOwn = () => undefined; ${refusing('extraProblem')}`,
  'own/read-world-file': refusing('readWorldFile'),
  'own/extra-values': `export const extraValues = () => []; ${refusing('fragmentsOf')}`,
  'own/own-stores': refusing('ownStores'),
  'own/own-products': refusing('ownProducts'),
  'policy/policy-desk': 'export const openDesk = () => undefined;',
  'chaos/chaos-source': refusing('ChaosSource'),
  'truth/truth': refusing('truthOf'),
  'score/score': refusing('scoreOf'),
  'score/cost-bound': refusing('costBoundOf'),
  'output/daily-series': refusing('dailySeriesOf', 'dailyCsv', 'endOf'),
  'world/estimate': refusing('estimateOf'),
  'output/live': `export const liveRules = {}; ${refusing('playLive')}`,
  'output/ndjson': `export const ndjsonRules = {}, ndjsonStreamRules = {}; ${refusing('NdjsonChunk', 'ndjsonStreamOf')}`,
  'world/snapshot': refusing('packSnapshot', 'openSnapshot', 'resumeFrom'),
  'world/deliver': 'export const deliveryDesk = () => undefined;',
};

/** Encoders of whole batches, for lines: a function encodes the events that it reads. */
const columnEncoders: Readonly<Record<string, string>> = {
  inventory: refusing('inventoryEventColumnEncoder'),
  workshop: refusing('workshopEventColumnEncoder'),
};

/**
 * Leaves out of the bundles what a function never asks of a world: stores and products of a list, policies of one's own,
 * chaos, deliveries, truth, sales history, lines, a pace, estimates and snapshots. Its event has counts alone. 19 KB less
 * in `generate`, compressed (bench cold-start).
 */
export const plainWorld: Plugin = {
  name: 'plain-world',
  setup(build) {
    const found = new Set<string>();
    build.onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
      const parts = importer.split(/[/\\]/);
      if (parts.at(-3) !== 'src' && parts.at(-2) !== 'src') return undefined;
      if (!parts.includes('generator')) return undefined;
      // The importer's folder below `src`, and from there to the module.
      const folder = parts.at(-2) === 'src' ? '' : `${parts.at(-2) ?? ''}/`;
      const name = path
        .replace(/^\.\.\//, '')
        .replace(/^\.\//, folder)
        .replace(/\.js$/, '');
      if (!Object.hasOwn(instead, name)) return undefined;
      found.add(name);
      return { path: name, namespace: 'plain-world' };
    });
    build.onResolve(
      { filter: /^\.\/(inventory|workshop)-event\.column-encoder\.generated\.js$/ },
      ({ path }) => ({
        path: /^\.\/(\w+)/.exec(path)?.[1] ?? '',
        namespace: 'plain-world',
      }),
    );
    build.onLoad({ filter: /.*/, namespace: 'plain-world' }, ({ path }) => ({
      contents: instead[path] ?? columnEncoders[path] ?? '',
    }));
    build.onEnd(() => ({
      errors: Object.keys(instead)
        .filter((name) => !found.has(name))
        .map((name) => ({ text: `Expected the generator to import ${name}.js; it has moved.` })),
    }));
  },
};
