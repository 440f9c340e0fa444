import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { bin } from '../built-command.js';
import { temporaryFolder } from '../folder.js';
import { launchChromium, openPage } from './browser.js';

/** A `store up` that runs as its own process, as a person would start it. */
export interface Up {
  readonly page: string;
  readonly endpoint: string;
  readonly lakeDir: string;
}

/** Starts `store up` over a small world; it is stopped when the test is over. */
export async function storeUp(world: readonly string[]): Promise<Up> {
  const data = join(await temporaryFolder(), 'up');
  const child = spawn(process.execPath, [bin, 'up', '--port', '0', '--json', '--data', data, ...world], {
    env: { PATH: process.env.PATH ?? '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const closed = once(child, 'close');
  onTestFinished(async () => {
    if (child.exitCode === null) child.kill('SIGINT');
    await closed;
  });
  const [greeting] = (await Promise.race([once(child.stdout, 'data'), closed])) as [Buffer];
  return JSON.parse(greeting.toString('utf8')) as Up;
}

/** Resolves when what the page's feed has told, from its beginning, matches. */
export async function feedSays(page: string, wanted: RegExp): Promise<void> {
  const { body } = await fetch(new URL('/api/feed', page));
  let said = '';
  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    said += chunk;
    if (wanted.test(said)) return;
  }
  throw new Error(`The feed ended before it said ${String(wanted)}.`);
}

/** Opens an address of a page in Chromium, which is closed when the test is over. */
export async function visit(address: string): Promise<Page> {
  const browser = await launchChromium();
  onTestFinished(async () => browser.close());
  const page = await openPage(browser);
  await page.goto(address);
  return page;
}
