/**
 * Installs AWS's own runtime client for Node into apps/lambda/.ric, where the tests run the built bundles under
 * it. It compiles C++ (about a minute and a half, once), so it is no dependency of the workspace: without cmake,
 * make and a C++ compiler this script says so and ends well, and the tests that need it say that they are skipped.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';

const version = '4.0.2';
const folder = join(import.meta.dirname, '..', '.ric');
const addon = join(folder, 'node_modules', 'aws-lambda-ric', 'rapid-client.node');

const runs = (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0;

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
  const manifest = { private: true, allowScripts: { [`aws-lambda-ric@${version}`]: true } };
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, undefined, 2)}\n`);
  // Node's headers lie beside its own prefix; without them node-gyp would download them.
  const prefix = [dirname(dirname(process.execPath)), '/usr'].find((place) =>
    existsSync(join(place, 'include', 'node', 'node_api.h')),
  );
  const result = spawnSync('npm', ['install', '--no-audit', '--no-fund', `aws-lambda-ric@${version}`], {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...process.env,
      MAKEFLAGS: `-j${availableParallelism()}`,
      // Most of the time is curl's configure and libtool, which are shell scripts: they would choose bash, the slower one.
      CONFIG_SHELL: '/bin/sh',
      ...(prefix === undefined ? {} : { npm_config_nodedir: prefix }),
    },
  });
  if (result.status !== 0 || !existsSync(addon)) {
    console.error('The runtime client could not be built; see above. Tests under it will be skipped.');
    process.exitCode = 1;
  }
}
