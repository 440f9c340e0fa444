import { Argument, type Command } from 'commander';
import { shells, type Shell } from '../completion/completion-script.js';
import { addExamples } from '../options/common-options.js';
import type { Terminal } from '../terminal/terminal.js';

/** Declares `store completion`. */
export function registerCompletion(program: Command, terminal: Terminal): void {
  const command = program
    .command('completion')
    .description('Print a completion script for a shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(shells))
    .action(async (shell: Shell) => {
      const { completionScript } = await import('../completion/completion-script.js');
      terminal.stdout.write(completionScript(program, shell));
    });
  addExamples(command, [
    ['source <(store completion bash)', 'for this session'],
    ['store completion fish > ~/.config/fish/completions/store.fish', 'for good'],
  ]);
}
