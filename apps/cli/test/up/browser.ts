import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium is not everywhere: `apt-get install chromium fonts-dejavu-core`. */
export const hasChromium: boolean = existsSync(executablePath);

/** Starts Chromium without a window, a sandbox (containers have none) or a word to the network. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
