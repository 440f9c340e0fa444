/**
 * The CDK's commands, with the bundles built first and nothing told to anybody:
 *
 *   pnpm --filter @store/lambda run synth|diff|deploy|destroy [-c stage=prod] [-c streams=88] [more of the CDK's options]
 *
 *   pnpm --filter @store/lambda run template     the core stack as plain CloudFormation, infra/generated
 *
 * `deploy` and `destroy` mean the core stack; name another, or use --all.
 */
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const folder = join(import.meta.dirname, '..');
const [command = 'synth', ...given] = process.argv.slice(2);
const options = given.filter((option) => option !== '--');

// The CDK is this package's, tsup the workspace's; whoever starts this script may have neither in the path.
const programs = [folder, join(folder, '..', '..')].map((place) => join(place, 'node_modules', '.bin'));

function run(program, args) {
  const { status, error } = spawnSync(program, args, {
    cwd: folder,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: [...programs, process.env.PATH ?? ''].join(delimiter),
      CDK_DISABLE_CLI_TELEMETRY: '1',
      CDK_DISABLE_VERSION_CHECK: '1',
    },
  });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

const stage = options.find((option) => option.startsWith('stage='))?.slice('stage='.length) ?? 'dev';
const namesStack = options.some((option, at) => !option.startsWith('-') && options[at - 1] !== '-c');
const target = namesStack || options.includes('--all') ? [] : [`store-${stage}-core`];
run('tsup', []);
if (command === 'template') {
  run(process.execPath, [
    '--import',
    'tsx',
    '--conditions=@store/source',
    'infra/write-template.ts',
    ...options,
  ]);
} else if (command === 'synth')
  run('cdk', ['synth', '--quiet', ...options.filter((option) => option !== '--all')]);
else run('cdk', [command, ...target, ...options]);
