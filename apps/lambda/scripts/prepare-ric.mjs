/**
 * Installs AWS's own runtime client for Node into apps/lambda/.ric, where the tests run the built bundles under
 * it. It compiles C++, so it is no dependency of the workspace: without cmake, make and a C++ compiler this script says
 * so and ends well, and the tests that need it say that they are skipped. Without curl's headers (Debian's
 * libcurl4-gnutls-dev) it compiles curl too, which takes minutes.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

const version = '4.0.2';
const folder = join(import.meta.dirname, '..', '.ric');
const client = join(folder, 'node_modules', 'aws-lambda-ric');
const addon = join(client, 'rapid-client.node');

const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;
/** With curl's headers from Debian the build takes 20 s of CPU, not 250 s. */
const curlIsThere = runs('curl-config');

if (existsSync(addon)) {
  console.log('The runtime client is there.');
} else {
  const missing = ['cmake', 'make', 'g++'].filter((program) => !runs(program));
  if (missing.length > 0) {
    console.log(
      `Not installed: ${missing.join(', ')} missing. Tests under the runtime client will be skipped.`,
    );
  } else {
    install();
  }
}

function install() {
  mkdirSync(folder, { recursive: true });
  const manifest = { private: true, allowScripts: { [`aws-lambda-ric@${version}`]: !curlIsThere } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  // Node's headers are beside its own prefix; without them node-gyp would download them.
  const prefix = [dirname(dirname(process.execPath)), '/usr'].find((place) =>
    existsSync(join(place, 'include', 'node', 'node_api.h')),
  );
  const env = {
    ...process.env,
    MAKEFLAGS: `-j${availableParallelism()}`,
    ...(prefix === undefined ? {} : { npm_config_nodedir: prefix }),
  };
  const npm = (...args) => run('npm', args, { cwd: folder, env });
  const install = ['install', '--no-audit', '--no-fund', `aws-lambda-ric@${version}`];
  const done = curlIsThere ? npm(...install, '--ignore-scripts') && compile(env) : npm(...install);
  if (!done || !existsSync(addon)) {
    console.error('The runtime client could not be built; see above. Tests under it will be skipped.');
    process.exitCode = 1;
  }
}

/** What the package's own scripts do, but with Debian's curl in the place of the one that they compile. */
function compile(env) {
  const source = join(client, 'deps', 'aws-lambda-cpp');
  const artifacts = join(client, 'deps', 'artifacts');
  for (const path of [source, join(artifacts, 'lib')]) mkdirSync(path, { recursive: true });
  // The package links an archive of this name; to the linker, a text file is a script.
  writeFileSync(join(artifacts, 'lib', 'libcurl.a'), 'INPUT(-lcurl)\n');
  const archive = join(client, 'deps', 'aws-lambda-cpp.tar.xz');
  return (
    run('tar', ['xJf', archive, '--no-same-owner', '--warning=no-unknown-keyword', '-C', source]) &&
    run('cmake', [
      ...['-S', source, '-B', join(source, 'build')],
      ...['-DCMAKE_CXX_FLAGS=-fPIC', `-DCMAKE_INSTALL_PREFIX=${artifacts}`],
    ]) &&
    run('cmake', ['--build', join(source, 'build'), '--target', 'install']) &&
    run('npm', ['run', 'build:gyp'], { cwd: client, env: { ...env, DEPS_PREFIX: artifacts } }) &&
    run('cp', [join(client, 'src', 'native', 'build', 'Release', 'rapid-client.node'), addon])
  );
}

function run(program, args, options = {}) {
  return spawnSync(program, args, { stdio: 'inherit', ...options }).status === 0;
}
