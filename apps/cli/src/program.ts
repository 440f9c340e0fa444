import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { registerBenchmark } from './benchmark/command.js';
import { registerCalibrate } from './calibrate/command.js';
import { registerCompletion } from './completion/command.js';
import { registerDemo } from './demo/command.js';
import { registerDoctor } from './doctor/command.js';
import { registerEmulator } from './emulator/command.js';
import { registerEstimate } from './estimate/command.js';
import { registerGenerate } from './generate/command.js';
import { registerIngest } from './ingest/command.js';
import { registerInit } from './init/command.js';
import { registerInvoke } from './invoke/command.js';
import { registerQuery } from './query/command.js';
import { registerRestock } from './restock/command.js';
import { registerSchema } from './schema/command.js';
import { registerStream } from './stream/command.js';
import { registerUp } from './up/command.js';
import { registerWorld } from './world/command.js';
import { applySettings, findConfig, type LoadedConfig } from './config/apply-settings.js';
import { addExamples } from './options/common-options.js';
import { coloursFor } from './output/format.js';
import type { Terminal } from './terminal/terminal.js';

/**
 * The whole command line, declared. Nothing heavy is imported here: each command loads its own work when it
 * is called, so that `store --help` answers at once (bench/start-up.bench.ts).
 *
 * @param complain - takes what the parser says about wrong usage.
 */
export function buildProgram(terminal: Terminal, complain: (text: string) => void): Command {
  const colours = coloursFor(terminal.stdout, terminal.env);
  const program = new Command('store')
    .description(
      'A world of retail stores, its inventory events, and the way they take: Firehose, Parquet, SQL, trucks.',
    )
    .version(version(), '-V, --version', 'print the version')
    // Behind a command's name, `--version` is that command's: `store schema rollback --version 3` must not print ours.
    .enablePositionalOptions()
    .exitOverride()
    .showSuggestionAfterError()
    .allowExcessArguments(false)
    .configureOutput({
      writeOut: (text) => {
        terminal.stdout.write(text);
      },
      writeErr: complain,
      getOutHelpWidth: () => terminal.stdout.columns ?? 100,
      getOutHasColors: () => colours.isColorSupported,
    })
    .hook('preAction', async (_, command) => {
      applySettings(command, terminal.env, await configuration(program, terminal));
    })
    .configureHelp({ styleTitle: (title) => colours.bold(title) });
  for (const register of [
    registerDemo,
    registerGenerate,
    registerStream,
    registerIngest,
    registerEmulator,
    registerQuery,
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
  addExamples(program, [
    ['store demo', 'the whole chain on this machine, in a few seconds'],
    ['store generate --stores 3 --format csv', 'look at the events'],
    ['store up', 'watch it live in a browser'],
  ]).addHelpText('after', exitCodes);
  return program;
}

const exitCodes = `
Exit codes:
  0    done
  1    failed: cause and fix on standard error
  2    wrong usage
  130  stopped by Ctrl-C, after what was taken was delivered or named`;

/** Reads the configuration file of the folder, where there is one, and checks its names. */
async function configuration(program: Command, { cwd }: Terminal): Promise<LoadedConfig | undefined> {
  if (findConfig(cwd) === undefined) return undefined;
  const { checkSettings, loadConfig } = await import('./config/load-config.js');
  const loaded = await loadConfig(cwd);
  if (loaded !== undefined) checkSettings(program, loaded);
  return loaded;
}

/** Read rather than imported: the version must not be baked in before a release sets it. */
function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  const found =
    typeof manifest === 'object' && manifest !== null && 'version' in manifest ? manifest.version : undefined;
  return typeof found === 'string' ? found : 'unknown';
}
