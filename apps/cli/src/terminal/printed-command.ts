/**
 * Every command that this program prints goes through this file, so that it runs as printed where the person stands.
 *
 * Write commands as if `store` were on the PATH, whole and without placeholders, and print them
 * - in an example of the help: `addExamples(command, terminal, [['store demo', 'run the pipeline']])`
 * - in a text, between backticks: `` withCommands('Make one with `store demo`.', terminal) ``. The fix of a `CliError`,
 *   and the descriptions of commands, arguments and options, are filled in where they are printed: only write
 *   `` `store demo` `` there
 * - in a list of commands: `commandList([['store up', 'watch it live']], terminal)`
 * - alone: `printedCommand('store demo', terminal)`
 *
 * Arguments that come from outside (paths, names) go through `shellWord`.
 */
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join, relative, resolve, sep } from 'node:path';
import { displayWidth } from '../output/display-width.js';
import { wrapped } from '../output/table.js';
import { lineWidthOf, type Started, type Terminal } from './terminal.js';

const onPath: Started = { command: 'store', inPipe: 'store' };
const throughNpx: Started = { command: 'npx store', inPipe: 'npx store' };

/** Facts about this process that tell how it was started. */
export interface StartFacts {
  readonly env: Terminal['env'];
  /** Where the person stands. */
  readonly cwd: string;
  /** The script that Node runs, as it was named (`process.argv[1]`). */
  readonly script: string;
}

/**
 * Returns how the person started the command. The launcher `./store` says it in `STORE_STARTED_AS`; npm and npx set
 * `npm_…` variables (npm's documentation of scripts, "Environment", 2026); a program on the PATH is looked up.
 */
export function startedAs({ env, cwd, script }: StartFacts): Started {
  const path = env.PATH ?? env.Path ?? '';
  const launcher = env.STORE_STARTED_AS ?? '';
  if (launcher !== '') return isOnPath(resolve(cwd, launcher), path) ? onPath : alike(shellWord(launcher));
  const lifecycle = env.npm_lifecycle_event ?? '';
  if (env.npm_package_name === 'store-inventory' && ['start', 'store'].includes(lifecycle)) {
    const folder = npmFolderOption(env.npm_package_json, cwd);
    return { command: `npm run${folder} store --`, inPipe: `npm run -s${folder} store --` };
  }
  if (script.includes(join(sep, 'node_modules', '.bin', sep))) return throughNpx;
  if (lifecycle === 'npx' || env.npm_command === 'exec') return throughNpx;
  if (isOnPath(script, path)) return onPath;
  const near = relative(cwd, script);
  return alike(`node ${shellWord(near.length < script.length ? near : script)}`);
}

const alike = (command: string): Started => ({ command, inPipe: command });

/** npm finds the package of the nearest folder above; the option is needed only where that is another one. */
function npmFolderOption(manifest: string | undefined, cwd: string): string {
  if (manifest === undefined) return '';
  const root = join(manifest, '..');
  for (let folder = cwd; ; folder = join(folder, '..')) {
    if (existsSync(join(folder, 'package.json'))) {
      return folder === root ? '' : ` --prefix ${shellWord(root)}`;
    }
    if (folder === join(folder, '..')) return ` --prefix ${shellWord(root)}`;
  }
}

function isOnPath(script: string, path: string): boolean {
  const found = path
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'store'))
    .find((file) => existsSync(file));
  return found !== undefined && existsSync(script) && realpathSync(found) === realpathSync(script);
}

/**
 * Returns a command line as the person has to type it: each `store` that starts a command becomes what they started
 * this process with.
 *
 * @param line - a whole command line, written as if `store` were on the PATH; pipes and lists are fine.
 *
 * @example
 * ```ts
 * printedCommand('store generate --stores 3 | head', terminal);
 * // started by `npm start`: npm run -s store -- generate --stores 3 | head
 * ```
 */
export function printedCommand(line: string, { started = onPath }: Pick<Terminal, 'started'>): string {
  // What is quoted is no command; a `$(…)` between double quotes is one.
  const plain = line.replaceAll(/'[^']*'|"[^"]*"/g, (quoted) =>
    quoted.includes('$(') ? quoted : '_'.repeat(quoted.length),
  );
  let printed = '';
  let from = 0;
  for (const match of plain.matchAll(/(?:^|[|;&(]\s*|(?:^|\s)\w+=\S*\s+)store(?=\s|$)/g)) {
    const end = match.index + match[0].length;
    const start = end - 'store'.length;
    const [rest = ''] = plain.slice(end).split(/&&|;/);
    const isRead = /[|>]/.test(rest) || /\(\s*$/.test(plain.slice(0, start));
    printed += line.slice(from, start) + (isRead ? started.inPipe : started.command);
    from = end;
  }
  return printed + line.slice(from);
}

/** Returns a text in which each command between backticks is as the person has to type it. */
export function withCommands(text: string, terminal: Pick<Terminal, 'started'>): string {
  return text.replaceAll(/`([^`]+)`/g, (_, code: string) => `\`${printedCommand(code, terminal)}\``);
}

/** A command to type, and what it is for. */
export type Example = readonly [command: string, purpose: string];

/** How a list of commands is laid out. */
export interface CommandListOptions {
  /** @defaultValue two blanks */
  readonly indent?: string;
  /** Colours for the two columns. @defaultValue none */
  readonly styles?: {
    readonly command: (text: string) => string;
    readonly purpose: (text: string) => string;
  };
}

const asIs = (text: string): string => text;

/**
 * Returns commands and what they are for as two columns, two blanks apart, so that a line can be copied up to there.
 * Where a terminal is too narrow for both, the purpose is below its command, and a command continues behind a backslash.
 */
export function commandList(
  examples: readonly Example[],
  terminal: Pick<Terminal, 'started' | 'stdout'>,
  { indent = '  ', styles = { command: asIs, purpose: asIs } }: CommandListOptions = {},
): string {
  const lines = examples.map(([line, purpose]) => ({ command: printedCommand(line, terminal), purpose }));
  const width = Math.max(...lines.map(({ command }) => displayWidth(command)));
  const longest = Math.max(...lines.map(({ purpose }) => displayWidth(purpose)));
  const columns = terminal.stdout.isTTY === true ? (lineWidthOf(terminal.stdout) ?? 80) : Infinity;
  const isNarrow = indent.length + width + 2 + longest > columns;
  return lines
    .map(({ command: line, purpose }) => {
      const command = continued(line, columns, indent);
      const gap = isNarrow ? `\n${indent}    ` : ' '.repeat(width - displayWidth(command) + 2);
      return `${indent}${styles.command(command)}${gap}${styles.purpose(purpose)}`;
    })
    .join('\n');
}

/** A command in lines that fit into this many columns where its words allow it, as a POSIX shell continues them. */
function continued(command: string, columns: number, indent: string): string {
  if (indent.length + displayWidth(command) <= columns) return command;
  const behind = `${indent}        `;
  // An option stays with its value, and what is quoted is one word.
  const parts = command.match(/(?:-[^\s=]*(?: (?![-|>&])|$))?(?:'[^']*'|"[^"]*"|[^\s'"])+/g) ?? [command];
  return wrapped(parts, columns - behind.length - ' \\'.length).join(` \\\n${behind}`);
}

/** A word as a POSIX shell reads it: quoted where it holds anything that a shell takes apart. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,=-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
