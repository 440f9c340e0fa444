import { Argument, type Command } from 'commander';
import { shells, type Shell } from './completion-script.js';
import { addExamples } from '../options/common-options.js';
import { writeJson, writeOut } from '../output/write-out.js';
import { CliError } from '../terminal/errors.js';
import type { Terminal } from '../terminal/terminal.js';

/** Declares `store completion`. */
export function registerCompletion(program: Command, terminal: Terminal): void {
  const command = program
    .command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('[shell]', 'which shell').choices(shells))
    .option('--json', 'every command, flag and choice as one JSON document')
    .action(async (shell: Shell | undefined, flags: { readonly json?: boolean }) => {
      const { completionScript, completionWords } = await import('./completion-script.js');
      if (flags.json === true) await writeJson(terminal.stdout, { commands: completionWords(program) });
      else if (shell === undefined)
        throw new CliError('USAGE', `Expected a shell: ${shells.join(', ')}; or --json.`);
      else await writeOut(terminal.stdout, completionScript(program, shell));
    });
  addExamples(command, terminal, [
    ['source <(store completion bash)', 'for this session'],
    [
      'mkdir -p ~/.config/fish/completions && store completion fish > ~/.config/fish/completions/store.fish',
      'for good',
    ],
  ]);
}
