/**
 * Packs every library as it would be published, looks at the tarball with publint and attw, and lets a newcomer's project use
 * the constructs: out of the tarballs, with what their manifests name and nothing else. Publint and attw run in this process:
 * their commands read the TypeScript compiler again for each library, for 1.5 s of CPU.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { libraries } from './libraries.mjs';
import { packInto } from './pack.mjs';
import { environment, root, runNode, runProgram } from './programs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'store-pack-'));
let failures = 0;

function refuse(text) {
  failures++;
  console.error(text);
}

/** Attw's profile `esm-only`: neither of these reads ES modules. */
const withoutModules = new Set(['node10', 'node16-cjs']);

const tarballs = new Map();
for (const library of libraries) {
  const { name } = library;
  const tarball = packInto(folder, library);
  tarballs.set(name, tarball);
  const bytes = new Uint8Array(readFileSync(tarball));
  const { messages, pkg } = await publint({
    level: 'warning',
    strict: true,
    pack: { tarball: bytes.buffer },
  });
  for (const message of messages) refuse(`${name}: publint: ${formatMessage(message, pkg)}`);
  const { types, problems = [] } = await checkPackage(createPackageFromTarballData(bytes));
  if (types === false) refuse(`${name}: attw: it has no types.`);
  if (problems.every(({ resolutionKind }) => withoutModules.has(resolutionKind))) continue;
  refuse(`${name}: attw refuses the package:`);
  // The command, for its table.
  runProgram('attw', [tarball, '--profile', 'esm-only', '--format', 'ascii', '--no-emoji']);
}

const project = join(folder, 'newcomer');
const modules = join(project, 'node_modules');

/** Puts a package into the project as npm would: ours out of its tarball, another's as a link to where `owner` has it. */
function install(name, owner) {
  const place = join(modules, name);
  if (existsSync(place)) return;
  mkdirSync(dirname(place), { recursive: true });
  const tarball = tarballs.get(name);
  if (tarball === undefined) return symlinkSync(join(owner, 'node_modules', name), place, 'junction');
  mkdirSync(place);
  const { status } = spawnSync('tar', ['-xzf', tarball, '-C', place, '--strip-components=1'], {
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`${tarball} cannot be unpacked; see above.`);
  const manifest = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8'));
  const { dependencies = {}, peerDependencies = {}, peerDependenciesMeta: meta = {} } = manifest;
  const needed = Object.keys({ ...dependencies, ...peerDependencies }).filter(
    (one) => meta[one]?.optional !== true,
  );
  for (const one of needed) install(one, join(root, 'packages', 'constructs'));
}

/** Synthesizes an app of the packed constructs, type-checked as both kinds of projects do it. */
function checkNewcomer() {
  install('@store/constructs', root);
  install('@types/node', root);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({ name: 'newcomer', private: true, type: 'module' }),
  );
  copyFileSync(join(root, 'packages/constructs/test/fixtures/newcomer.ts'), join(project, 'newcomer.ts'));
  const compiled = ['node16', 'bundler'].map((moduleResolution) => {
    const compilerOptions = {
      ...{ strict: true, target: 'es2022', types: ['node'], moduleResolution, outDir: 'out' },
      module: moduleResolution === 'bundler' ? 'esnext' : moduleResolution,
    };
    const file = join(project, `tsconfig.${moduleResolution}.json`);
    writeFileSync(file, JSON.stringify({ compilerOptions, files: ['newcomer.ts'] }));
    return runProgram('tsc', ['-p', file], { cwd: project, quiet: true });
  });
  if (compiled.some((status) => status !== 0)) return 1;
  // The CDK's own check of a template takes 12 s of CPU; the tests of the constructs have it.
  const env = environment({ CDK_VALIDATION: 'false', CDK_OUTDIR: join(project, 'cdk.out') });
  if (runNode(['out/newcomer.js'], { cwd: project, quiet: true, env }) !== 0) return 1;
  // Each function's code is in the assembly, whole: its entry, and the chunks beside it.
  const assets = readdirSync(join(project, 'cdk.out')).filter((name) => /^asset\.\w+$/.test(name));
  const entries = assets.map((name) => readdirSync(join(project, 'cdk.out', name)));
  const whole = entries.filter((files) => files.includes('index.mjs') && files.length > 1);
  if (whole.length === 5) return 0;
  console.error(`Expected the code of 5 functions in the assembly, got that of ${whole.length}.`);
  return 1;
}

if (checkNewcomer() !== 0) refuse("@store/constructs: a newcomer's project refuses the package; see above.");
rmSync(folder, { recursive: true, force: true });
process.exit(failures === 0 ? 0 : 1);
