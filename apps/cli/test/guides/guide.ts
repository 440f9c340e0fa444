import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Root of the clone that a reader begins in. */
const root = join(import.meta.dirname, '..', '..', '..', '..');

/** A part of a guide, in reading order. */
export type Block =
  | { readonly kind: 'commands'; readonly body: string; readonly line: number }
  | { readonly kind: 'file'; readonly path: string; readonly body: string; readonly line: number }
  /** What the commands before it print. */
  | { readonly kind: 'output'; readonly body: string; readonly line: number };

/**
 * Reads a guide as its reader does. A block of `sh` is typed. A block of `text` is what the commands before it print. Any other
 * block is a file whose name is behind the language (`json till.json`) or in a comment on its first line (`// src/order.ts`).
 */
export function readGuide(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language = '', name, body = ''], index, all): Block => {
      const line = text.slice(0, all[index]?.index).split('\n').length;
      if (language === 'sh') return { kind: 'commands', body, line };
      if (language === 'text') return { kind: 'output', body, line };
      const path = name ?? /^(?:\/\/|#) (\S+)\n/.exec(body)?.[1];
      if (path === undefined) throw new Error(`Line ${line}: a block of ${language} names no file.`);
      return { kind: 'file', path, body, line };
    },
  );
}

/** What one run of a guide came to. */
export interface GuideRun {
  readonly code: number;
  /** What each block of commands printed, by its line in the guide. */
  readonly printed: ReadonlyMap<number, string>;
  /** The line of the last block that was begun, and what it said. */
  readonly last: string;
}

/** The port that guides name; each run gets one that is free. */
const guidePort = '4599';

/** What a shell that reads a file says of a program that it began and that was killed, as soon as it has noticed. */
const killedNote = /^.*guide\.sh: line \d+: +\d+ Killed .*\n/gm;

/**
 * Runs a guide in one shell (`bash -e`), begun in the clone, with a temporary folder of its own. Where a block starts a program
 * in the background, the next one waits for the line `READY`, as a reader does. Whatever is left in the background is ended.
 *
 * @param installs - folder that guides share: `npm install` of what one of them has installed there is a copy
 */
export async function runGuide(blocks: readonly Block[], installs: string): Promise<GuideRun> {
  const folder = await mkdtemp(join(tmpdir(), 'store-guide-'));
  try {
    const port = String(await freePort());
    const at = (name: string): string => join(folder, name);
    await writeFile(join(installs, 'npm'), sharingNpm);
    await chmod(join(installs, 'npm'), 0o755);
    const lines = [
      'set -e',
      'exec < /dev/null',
      `trap 'code=$?; trap - EXIT; for pid in $(jobs -p); do kill $pid || true; done; wait; exit $code' EXIT`,
    ];
    for (const block of blocks) {
      const { line } = block;
      await writeFile(at(`${line}.block`), block.body.replaceAll(guidePort, port));
      if (block.kind === 'file') {
        lines.push(`mkdir -p "$(dirname '${block.path}')"`, `cp '${at(`${line}.block`)}' '${block.path}'`);
      }
      if (block.kind !== 'commands') continue;
      lines.push(`echo ${line} > '${at('last')}'`, `exec > '${at(`${line}.out`)}' 2>&1`);
      lines.push(`. '${at(`${line}.block`)}'`);
      lines.push(`[ "$PWD" != '${root}' ]`);
      if (/&$/m.test(block.body))
        lines.push(`until grep -q ^READY '${at(`${line}.out`)}'; do kill -0 $!; sleep 0.2; done`);
    }
    await writeFile(at('guide.sh'), lines.join('\n'));
    const code = await new Promise<number>((resolve) => {
      const child = execFile('bash', [at('guide.sh')], { cwd: root, env: environment(folder, installs) });
      child.on('close', (status) => {
        resolve(status ?? 1);
      });
    });
    const printed = new Map<number, string>();
    for (const { kind, line } of blocks) {
      if (kind === 'commands')
        printed.set(
          line,
          (await readFile(at(`${line}.out`), 'utf8').catch(() => ''))
            .replaceAll(port, guidePort)
            .replaceAll(killedNote, ''),
        );
    }
    const line = Number(await readFile(at('last'), 'utf8').catch(() => '0'));
    return { code, printed, last: `line ${line}:\n${printed.get(line) ?? ''}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * npm, which installs a project once: where the same package.json and tarballs have been installed, what that gave is linked
 * from there. An installation takes 13 s of CPU.
 */
const sharingNpm = `#!/bin/sh
here=$(dirname "$0")
PATH=$(printf %s "$PATH" | sed "s|$here:||g")
[ "$*" = install ] || exec npm "$@"
same=$here/$(cat package.json vendor/*.tgz | sha256sum | cut -c 1-16)
if [ ! -d "$same" ]; then
  npm install || exit
  mkdir "$same.new" && cp -al node_modules package-lock.json "$same.new" && mv "$same.new" "$same"
else
  cp -al "$same/." .
fi
`;

/** What a reader's shell has: nothing of AWS, and npm as it is set up here. */
function environment(folder: string, installs: string): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  const npm = Object.entries(process.env).filter(([name]) => /^npm_config_/i.test(name));
  return {
    ...Object.fromEntries(npm),
    PATH: `${installs}:${PATH ?? ''}`,
    HOME,
    TMPDIR: folder,
    NO_COLOR: '1',
    npm_config_prefer_offline: 'true',
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Whether commands printed what a guide shows. A `…` stands for text that differs from run to run, and alone on its line for
 * any number of lines.
 */
export function matchesShown(shown: string, printed: string): boolean {
  const pattern = shown
    .trimEnd()
    .split('\n')
    .map((line) => (line.trim() === '…' ? '(?:.*\n)*?' : `${line.split('…').map(literally).join('.*')} *\n`))
    .join('');
  return new RegExp(`^${pattern}$`).test(`${printed.trimEnd()}\n`);
}

const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
