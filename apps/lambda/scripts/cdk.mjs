/**
 * The CDK's commands, with the bundles built first and nothing told to anybody. From the root:
 *
 *   npm run synth|diff|deploy|destroy [-- -c stage=prod] [-c streams=88] [more of the CDK's options]
 *   npm run bootstrap     once for each account and region
 *   npm run template      the core stack as plain CloudFormation, infra/generated
 *
 * `deploy` and `destroy` mean the core stack, `store/core`; name the other, `store/fan-out`, or use --all.
 */
import { join } from 'node:path';
import { environment, runNode, runProgram } from '../../../scripts/programs.mjs';

const folder = join(import.meta.dirname, '..');
const [command = 'synth', ...given] = process.argv.slice(2);
const options = given.filter((option) => option !== '--');

/** Ends this process with the exit code of what failed. */
function need(status) {
  if (status !== 0) process.exit(status);
}

function cdk(args) {
  const env = environment({ CDK_DISABLE_CLI_TELEMETRY: '1', CDK_DISABLE_VERSION_CHECK: '1' });
  need(runProgram('cdk', args, { cwd: folder, env }));
}

const namesStack = options.some((option, at) => !option.startsWith('-') && options[at - 1] !== '-c');
const target = command === 'bootstrap' || namesStack || options.includes('--all') ? [] : ['store/core'];
need(runProgram('tsup', [], { cwd: folder }));
if (command === 'template') {
  const args = ['--import', 'tsx', '--conditions=@store/source', 'infra/write-template.ts', ...options];
  need(runNode(args, { cwd: folder }));
} else if (command === 'synth') cdk(['synth', '--quiet', ...options.filter((option) => option !== '--all')]);
else cdk([command, ...target, ...options]);
