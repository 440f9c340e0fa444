/**
 * Question: does the live page keep 60 frames a second with 20,000 shelves at 10 updates a second, and what does
 * one update cost the page's main thread, against the same shelves as 20,000 elements of the document?
 *
 * Headless Chromium without a graphics processor; frames are the gaps between animation frames, CPU is what
 * the browser itself says it spent in tasks of the page (Performance.getMetrics). Rounds alternate.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startPageServer } from '../src/up/page-server.js';
import { hasChromium, launchChromium } from '../test/up/browser.js';
import { pretendBackend } from '../test/up/pretend-backend.js';

const stores = 100;
const products = 200;
const rounds = 3;
const roundMs = 5000;
const pageDir = join(import.meta.dirname, '..', '..', 'dashboard', 'dist');

interface Round {
  readonly gapsMs: readonly number[];
  readonly longTasks: number;
  readonly cpuMsPerSecond: number;
}

async function measure(page: Page): Promise<Round> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  const taskSeconds = async (): Promise<number> => {
    const { metrics } = await devtools.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
  };
  const before = await taskSeconds();
  const { gapsMs, longTasks } = await page.evaluate<
    Pick<Round, 'gapsMs' | 'longTasks'>
  >(`new Promise((resolve) => {
    const gapsMs = [];
    let longTasks = 0;
    const observer = new PerformanceObserver((list) => { longTasks += list.getEntries().length; });
    observer.observe({ type: 'longtask' });
    const startedAt = performance.now();
    let last;
    requestAnimationFrame(function next(now) {
      if (last !== undefined) gapsMs.push(now - last);
      last = now;
      if (performance.now() - startedAt < ${roundMs}) requestAnimationFrame(next);
      else { observer.disconnect(); resolve({ gapsMs, longTasks }); }
    });
  })`);
  const cpuMsPerSecond = ((await taskSeconds()) - before) / (roundMs / 1e6);
  await devtools.detach();
  return { gapsMs, longTasks, cpuMsPerSecond };
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
  await page.goto(url);
  await page.getByRole('grid', { name: /Shelves/ }).waitFor();
  return page;
}

/** The rival: the same feed, one element a shelf, painted when its colour changed. */
async function openElements(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1300, height: 1000 } });
  await page.goto(`${url}api/series`);
  await page.evaluate(`(() => {
    document.body.textContent = '';
    document.body.style.cssText = 'display:grid;grid-template-columns:repeat(${products},1fr);height:320px;width:740px';
    const cells = Array.from({ length: ${stores * products} }, () => document.body.appendChild(document.createElement('i')));
    const paint = (cell, byte) => { cells[cell].style.background = 'hsl(' + byte + ' 60% 50%)'; };
    const feed = new EventSource('/api/feed');
    feed.addEventListener('frame', (event) => {
      const bytes = atob(JSON.parse(event.data).cells);
      for (let n = 0; n < cells.length; n++) paint(n, bytes.charCodeAt(n));
    });
    feed.addEventListener('delta', (event) => {
      for (const one of JSON.parse(event.data).changes) paint(Math.floor(one / 256), one % 256);
    });
  })()`);
  return page;
}

const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

if (!hasChromium || !existsSync(join(pageDir, 'index.html'))) {
  console.log(
    'Not measured: needs /usr/bin/chromium and a built page (`npm run store -- --help` builds it).',
  );
} else {
  const backend = pretendBackend(stores, products);
  const server = await startPageServer(0, pageDir, backend);
  const browser = await launchChromium();
  const ways = [
    { name: 'the page: one canvas, all panels', open: openPage, rounds: new Array<Round>() },
    { name: '20,000 elements, nothing else', open: openElements, rounds: new Array<Round>() },
  ];
  for (let round = 0; round < rounds; round++) {
    for (const way of round % 2 === 0 ? ways : [...ways].reverse()) {
      const page = await way.open(browser, server.url);
      await measure(page);
      way.rounds.push(await measure(page));
      await page.close();
    }
  }
  await browser.close();
  backend.stop();
  await server.close();
  const own = quantile(ways[0]?.rounds.map(({ cpuMsPerSecond }) => cpuMsPerSecond) ?? [], 0.5);
  console.log(`${stores * products} shelves, 10 updates a second, ${rounds} rounds of ${roundMs / 1000} s\n`);
  console.log(
    '| way | frames/s | median gap ms | 99 % ms | gaps above 25 ms | long tasks | main thread ms CPU/s | ratio |',
  );
  console.log('| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const { name, rounds: all } of ways) {
    const gaps = all.flatMap(({ gapsMs }) => gapsMs);
    const cpu = quantile(
      all.map(({ cpuMsPerSecond }) => cpuMsPerSecond),
      0.5,
    );
    const perSecond = (1000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0);
    const missed = (100 * gaps.filter((gap) => gap > 25).length) / gaps.length;
    const longTasks = all.reduce((sum, one) => sum + one.longTasks, 0);
    console.log(
      `| ${name} | ${perSecond.toFixed(1)} | ${quantile(gaps, 0.5).toFixed(1)} | ${quantile(gaps, 0.99).toFixed(1)} | ${missed.toFixed(1)} % | ${longTasks} | ${cpu.toFixed(0)} | ${(cpu / own).toFixed(2)} |`,
    );
  }
}
