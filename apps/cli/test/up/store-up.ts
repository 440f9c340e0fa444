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

/** Opens an address of a page in Chromium, which is closed when the test is over. */
export async function visit(address: string): Promise<Page> {
  const browser = await launchChromium();
  onTestFinished(async () => browser.close());
  const page = await openPage(browser);
  await page.goto(address);
  return page;
}
