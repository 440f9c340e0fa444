import {
  checkOptions,
  eitherOf,
  flag,
  nested,
  satisfying,
  type OptionRule,
  type OptionRules,
} from '@store/foundation';
import type { Command } from 'commander';
import { join, dirname } from 'node:path';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { CliError } from '../terminal/errors.js';
import { explainError } from '../terminal/explain-error.js';
import type { LoadedConfig } from './apply-settings.js';
import type { StoreConfig } from './define-config.js';
import type { Project } from './find-project.js';

/** Reads the configuration file of a project; undefined where there is none. */
export async function loadConfig({ config: path }: Project): Promise<LoadedConfig | undefined> {
  if (path === undefined) return undefined;
  const value = await read(path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new CliError('USAGE', `Expected ${path} to export an object as its default, got ${typeof value}.`);
  }
  // The parse boundary: `checkSettings` checks the names, and the flags check the values.
  return { path, config: value };
}

async function read(path: string): Promise<unknown> {
  try {
    if (path.endsWith('.json')) return JSON.parse(await readFile(path, 'utf8'));
    const module: unknown = path.endsWith('ts')
      ? await importTypeScript(path)
      : await import(pathToFileURL(path).href);
    return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  } catch (error) {
    // Its own code may throw anything, at any place.
    throw new CliError('USAGE', `${path} cannot be read. ${explainError(error).message}`, {
      cause: error,
      fix:
        error instanceof CliError && error.fix !== undefined
          ? error.fix
          : 'Correct the file, or move it away.',
    });
  }
}

/** Node 20 cannot read TypeScript, so the types are stripped into a file beside it, where its imports still resolve. */
async function importTypeScript(path: string): Promise<unknown> {
  const { default: ts } = await import('typescript');
  const { outputText, diagnostics = [] } = ts.transpileModule(await readFile(path, 'utf8'), {
    compilerOptions: {
      module: ts.ModuleKind.ESNext,
      target: ts.ScriptTarget.ES2023,
      verbatimModuleSyntax: true,
    },
    fileName: path,
    reportDiagnostics: true,
  });
  const [first] = diagnostics;
  if (first !== undefined) {
    const { line } = first.file?.getLineAndCharacterOfPosition(first.start ?? 0) ?? { line: 0 };
    throw new SyntaxError(`Line ${line + 1}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
  }
  const here = import.meta.url.endsWith('.ts') ? './define-config.ts' : './config.js';
  const source = outputText.replaceAll(/(['"])@store\/cli\1/g, `'${new URL(here, import.meta.url).href}'`);
  const stripped = join(dirname(path), `.store.config.${process.pid}.mjs`);
  await writeFile(stripped, source).catch((cause: unknown) => {
    throw new CliError(
      'USAGE',
      'Nothing can be written beside it, and TypeScript is read from a copy there.',
      {
        fix: 'Write it as store.config.json or store.config.mjs.',
        cause,
      },
    );
  });
  try {
    return await import(pathToFileURL(stripped).href);
  } finally {
    await rm(stripped, { force: true });
  }
}

/** Refuses settings that no command has, and values that no flag can be made of; a misspelled name is answered with the nearest. */
export function checkSettings(program: Command, { path, config }: LoadedConfig): void {
  const byCommand = program.commands.map((command) => [command.name(), keysOf(command)] as const);
  const every = byCommand.flatMap(([, keys]) => keys);
  const rules: OptionRules<StoreConfig> = {
    all: nested(settingsNamed(every)),
    commands: nested(
      Object.fromEntries(byCommand.map(([name, keys]) => [name, nested(settingsNamed(keys))])),
    ),
  };
  checkOptions(config, rules, ({ message }) => {
    // The nearest name is enough: the flags of all commands would fill the screen.
    const short = message.replace(/(Did you mean `[^`]*`\?) Known options: .*$/s, '$1');
    return new CliError('USAGE', `${path}: ${short}`);
  });
}

const setting = eitherOf(
  satisfying('text', (value) => typeof value === 'string'),
  satisfying('a number', (value) => typeof value === 'number'),
  flag(),
);

const settingsNamed = (keys: readonly string[]): Readonly<Record<string, OptionRule>> =>
  Object.fromEntries(keys.map((key) => [key, setting]));

const keysOf = (command: Command): readonly string[] =>
  [command, ...command.commands].flatMap(({ options }) => options.map((option) => option.attributeName()));
