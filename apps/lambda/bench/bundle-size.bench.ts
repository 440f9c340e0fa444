/**
 * What does the AWS SDK weigh in the largest bundle? `generate` with the signer alone, as it is deployed, against
 * the same function with the SDK's client: as it comes, without the credential providers that Lambda never asks, and
 * also without everything else that `PutRecordBatch` on Lambda does not run.
 */
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build, type Plugin } from 'esbuild';
import { builtIns } from '../scripts/built-ins.js';
import { plainWorld } from '../scripts/plain-world.js';
import { noSpool } from '../scripts/no-spool.js';

const here = fileURLToPath(new URL('..', import.meta.url));

/** The SDK's client in place of our transport. */
const client: Plugin = {
  name: 'client',
  setup(of) {
    of.onResolve({ filter: /firehose-transport\.js$/ }, () => ({ path: 'transport', namespace: 'client' }));
    of.onLoad({ filter: /.*/, namespace: 'client' }, () => ({
      contents: `import { sdkTransport } from '@store/firehose'; export const firehoseTransport = () => sdkTransport();`,
      resolveDir: `${here}/src`,
    }));
  },
};

/** Modules of the SDK, by their paths, that export nothing but undefined. */
const without = (paths: RegExp): Plugin => ({
  name: 'without',
  setup(of) {
    of.onLoad({ filter: paths }, () => ({ contents: 'module.exports = {};' }));
  },
});
const providers = /credential-provider-node\/dist-es\/index\.js$/;
const unusedOnLambda =
  /(credential-provider-node\/dist-es\/index|submodules\/(config|event-streams|retry)\/index|sha256\/Sha256Js|emitWarningIfUnsupportedVersion)\.js$/;

async function gzipped(plugins: readonly Plugin[], external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    absWorkingDir: here,
    entryPoints: ['src/generate.ts'],
    bundle: true,
    write: false,
    minify: true,
    legalComments: 'none',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['@store/source', 'module'],
    mainFields: ['module', 'main'],
    external: [...external],
    plugins: [...plugins, noSpool, plainWorld, builtIns],
    logLevel: 'error',
  });
  return gzipSync(outputFiles[0]?.contents ?? new Uint8Array(), { level: 9 }).length;
}

const rows = [
  ['signer of the SDK, as deployed', await gzipped([], ['@aws-sdk/client-firehose'])],
  ['client of the SDK', await gzipped([client], [])],
  ['client, no credential providers', await gzipped([client, without(providers)], [])],
  ['client, nothing that Lambda does not run', await gzipped([client, without(unusedOnLambda)], [])],
] as const;
const [[, deployed]] = rows;
console.log('| generate, minified and compressed | KB | ratio |');
console.log('| --------------------------------- | --: | ----: |');
for (const [name, bytes] of rows) {
  console.log(`| ${name} | ${(bytes / 1000).toFixed(1)} | ${(bytes / deployed).toFixed(2)} |`);
}
if (deployed > 70_000) {
  console.error('Expected the deployed bundle to be at most 70 KB.');
  process.exitCode = 1;
}
