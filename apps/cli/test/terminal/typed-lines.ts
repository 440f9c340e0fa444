import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';

/** How a line ended, and what it printed. */
export interface Ended {
  /** 0 for what runs until Ctrl-C and ended well after it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What commands that run until Ctrl-C print once they are at work. */
const untilStopped: readonly (readonly [command: RegExp, sign: RegExp])[] = [
  [/store emulator/, /^READY|"ready":true/m],
  [/store up/, /Ctrl-C stops it/],
  [/store stream tail \S+$/, /"event_id"/],
  [/store restock trucks .*--follow/, /"request_id"/],
];

/** What only a shell does: pipes, redirections, lists, variables, other programs. */
const needsShell = /[|<>(&]|^(?!store )/;

/** Words of a line that has nothing but quotes for a shell. */
const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, word]) => quoted ?? word ?? '');

/**
 * Somebody who types lines into a shell that has the built command on its PATH. Plain lines are run by one process that reads
 * the command's modules once.
 */
export class Typist {
  readonly #runner: ChildProcess = fork(join(import.meta.dirname, 'command-runner.mjs'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });

  /** Runs a line to its end; what runs until Ctrl-C gets one when it is at work. */
  async type(line: string, cwd: string, env: Readonly<Record<string, string>>): Promise<Ended> {
    const sign = untilStopped.find(([command]) => command.test(line))?.[1];
    const isPlain = !needsShell.test(line.replaceAll(/'[^']*'/g, ''));
    return isPlain ? this.#typePlain(line, cwd, env, sign) : typeIntoShell(line, cwd, env, sign);
  }

  async close(): Promise<void> {
    const closed = once(this.#runner, 'close');
    this.#runner.kill('SIGKILL');
    await closed;
  }

  async #typePlain(
    line: string,
    cwd: string,
    env: Readonly<Record<string, string>>,
    sign: RegExp | undefined,
  ): Promise<Ended> {
    const runner = this.#runner;
    let [stdout, stderr, isStopped] = ['', '', false];
    return new Promise((resolve, reject) => {
      const onEnd = (): void => {
        reject(new Error(`${line} has ended the process. ${stderr}`));
      };
      const onAnswer = (answer: unknown): void => {
        // As command-runner.mjs sends it.
        const part = answer as Partial<Ended>;
        stdout += part.stdout ?? '';
        stderr += part.stderr ?? '';
        if (!isStopped && sign?.test(stdout) === true) {
          isStopped = true;
          runner.kill('SIGINT');
        }
        if (part.code === undefined) return;
        runner.off('message', onAnswer).off('close', onEnd);
        resolve({ code: isStopped && part.code === 130 ? 0 : part.code, stdout, stderr });
      };
      runner.on('message', onAnswer).on('close', onEnd);
      runner.send({ args: wordsOf(line).slice(1), cwd, env });
    });
  }
}

/** Starts a line of a shell in a process group of its own. */
export function startInShell(line: string, cwd: string, env: Readonly<Record<string, string>>): ChildProcess {
  return spawn('bash', ['-o', 'pipefail', '-c', line], {
    cwd,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

async function typeIntoShell(
  line: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
  sign: RegExp | undefined,
): Promise<Ended> {
  const child = startInShell(line, cwd, env);
  let [stdout, stderr, isStopped] = ['', '', false];
  child.stdout?.on('data', (chunk: Buffer) => {
    stdout += String(chunk);
    if (isStopped || sign?.test(stdout) !== true) return;
    isStopped = true;
    process.kill(-(child.pid ?? 0), 'SIGINT');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    stderr += String(chunk);
  });
  const [code] = (await once(child, 'close')) as [number | null];
  // A shell that Ctrl-C reaches ends with 130, whatever its command ends with.
  return { code: isStopped && (code === 130 || code === null) ? 0 : code, stdout, stderr };
}

/** The PATH of such a shell. */
export const pathWith = (folder: string): string =>
  `${join(folder, 'bin')}:${dirname(process.execPath)}:${process.env.PATH ?? ''}`;
