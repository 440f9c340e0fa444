import { readFileSync } from 'node:fs';
import { inertText } from '@store/foundation';
import { Command, Help } from 'commander';
import { registerBenchmark } from './benchmark/command.js';
import { registerCalibrate } from './calibrate/command.js';
import { registerCompletion } from './completion/command.js';
import { registerDemo } from './demo/command.js';
import { registerDoctor } from './doctor/command.js';
import { registerEmulator } from './emulator/command.js';
import { registerEstimate } from './estimate/command.js';
import { registerGenerate } from './generate/command.js';
import { registerIngest, registerReplay } from './ingest/command.js';
import { registerInit } from './init/command.js';
import { registerInvoke } from './invoke/command.js';
import { registerMap } from './map/command.js';
import { registerQuery } from './query/command.js';
import { registerRestock } from './restock/command.js';
import { registerSchema } from './schema/command.js';
import { registerSql } from './sql/command.js';
import { registerStream } from './stream/command.js';
import { registerUp } from './up/command.js';
import { registerWorld } from './world/command.js';
import { applySettings, type LoadedConfig } from './config/apply-settings.js';
import { findProject } from './config/find-project.js';
import { addExamples, type CommonFlags } from './options/common-options.js';
import { checkPaths } from './options/named-paths.js';
import { coloursFor } from './output/format.js';
import { sentences } from './output/table.js';
import { exitCodesOf } from './terminal/exit-codes.js';
import { printedCommand, withCommands } from './terminal/printed-command.js';
import { lineWidthOf, type Terminal } from './terminal/terminal.js';

/**
 * The whole command line, declared. Nothing heavy is imported here: each command loads its own work when it
 * is called, so that `store --help` answers immediately (bench/start-up.bench.ts).
 *
 * @param say - takes the parser's help and version, for standard output.
 * @param complain - takes what the parser says about wrong usage.
 */
export function buildProgram(
  terminal: Terminal,
  say: (text: string) => void,
  complain: (text: string) => void,
): Command {
  const colours = coloursFor(terminal.stdout, terminal.env);
  const program: Command = new Command('store')
    .description(
      'Simulated stores, and the path their inventory events take: Firehose, Parquet, SQL, trucks.',
    )
    .version(version(), '-V, --version', 'print the version')
    // Behind a command's name, `--version` is that command's: `store schema rollback --version 3` must not print ours.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: say,
      writeErr: complain,
      getOutHelpWidth: () => lineWidthOf(terminal.stdout) ?? 100,
      // Bare groups only: their help is what was asked for, and goes to standard output.
      getErrHelpWidth: () => lineWidthOf(terminal.stdout) ?? 100,
      getOutHasColors: () => colours.isColorSupported,
    })
    .hook('preAction', async (_, command) => settle(program, command, terminal))
    .configureHelp(helpFor(terminal, (title) => colours.bold(title)));
  for (const register of [
    registerDemo,
    registerGenerate,
    registerStream,
    registerIngest,
    registerMap,
    registerReplay,
    registerEmulator,
    registerQuery,
    registerSql,
    registerRestock,
    registerSchema,
    registerEstimate,
    registerBenchmark,
    registerInvoke,
    registerUp,
    registerWorld,
    registerCalibrate,
    registerDoctor,
    registerInit,
    registerCompletion,
  ])
    register(program, terminal);
  addExamples(program, terminal, [
    ['store demo', 'the whole chain on this machine, in a few seconds'],
    ['store generate --stores 3 --format csv', 'look at the events'],
    ['store up', 'watch it live in a browser'],
  ]).addHelpText('afterAll', ({ command }) => {
    const lines = exitCodesOf(command).map(
      ([code, meaning]) => `  ${String(code).padEnd(3)}  ${sentences(meaning, terminal, 7)}`,
    );
    return `\nExit codes:\n${lines.join('\n')}`;
  });
  return program;
}

/** Help in which every command is as the person has to type it. */
function helpFor(terminal: Terminal, styleTitle: (title: string) => string): Partial<Help> {
  const filled = (text: string): string => withCommands(text, terminal);
  return {
    styleTitle,
    commandUsage(command) {
      return printedCommand(Help.prototype.commandUsage.call(this, command), terminal);
    },
    commandDescription(command) {
      return filled(Help.prototype.commandDescription.call(this, command));
    },
    subcommandDescription(command) {
      return filled(Help.prototype.subcommandDescription.call(this, command));
    },
    optionDescription(option) {
      return filled(Help.prototype.optionDescription.call(this, option));
    },
    argumentDescription(argument) {
      return filled(Help.prototype.argumentDescription.call(this, argument));
    },
  };
}

/** Completes the options of a command from the environment and the project, and says which folder that is. */
async function settle(program: Command, command: Command, terminal: Terminal): Promise<void> {
  const project = findProject(terminal.cwd);
  let loaded: LoadedConfig | undefined;
  // The loader is loaded only where there is something to load.
  if (project.config !== undefined) {
    const { checkSettings, loadConfig } = await import('./config/load-config.js');
    loaded = await loadConfig(project);
    if (loaded !== undefined) checkSettings(program, loaded);
  }
  const depends = applySettings(command, terminal, project, loaded);
  await checkPaths(command, terminal.cwd);
  const { quiet, json } = command.opts<CommonFlags>();
  if (!depends || project.folder === terminal.cwd || quiet === true || json === true) return;
  terminal.stderr.write(`Using the project folder ${inertText(project.folder)}\n`);
}

/** Read rather than imported: the version must not be baked in before a release sets it. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof found === 'string' ? found : 'unknown';
}
