import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';

/** Debian's Chromium is not everywhere: `apt-get install chromium fonts-dejavu-core`. */
export const hasChromium: boolean = existsSync(executablePath);

/** What is waited for ends a wait; this is a net for what never comes, on a machine as loaded as it may be. */
const patienceMs = 300_000;

/** Starts Chromium without a window, a sandbox (containers have none) or a word to the network. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    timeout: patienceMs,
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
      ...more,
    ],
  });
}

/** Opens a page of the size that the live page is made for. */
export async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
  page.setDefaultTimeout(patienceMs);
  page.setDefaultNavigationTimeout(patienceMs);
  return page;
}
