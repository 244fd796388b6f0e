// Sides that run in the browser: one page each, all in one browser.

import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

/** The adapter of a machine without a graphics processor, in window and worker. */
const FLAGS = [
  '--headless=new',
  '--no-sandbox',
  '--enable-unsafe-webgpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * @param {string} builtDir
 * @returns the browser, its version, and what opens a side in it
 */
export async function openBrowser(builtDir) {
  const site = await serve(builtDir);
  const browser = await chromium.launch({
    executablePath: process.env.CARTO_CHROMIUM ?? '/usr/bin/chromium',
    args: FLAGS,
  });
  const devtools = await browser.newBrowserCDPSession();

  /** Processor time of the whole browser so far, s. */
  const cpuS = async () => {
    const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
    return processInfo.reduce((sum, process) => sum + process.cpuTime, 0);
  };

  return {
    version: browser.version(),
    async open(nWorkers, kind, options) {
      const page = await browser.newPage();
      await page.goto(site.url);
      await page.waitForFunction(() => window.bench);
      const call = (method, ...args) =>
        page.evaluate(([method, args]) => window.bench[method](...args), [method, args]);
      const facts = await call('open', nWorkers, kind, options);
      return {
        facts: () => call('facts'),
        peak: kind === 'ours' ? () => call('peak') : undefined,
        mu: () => call('mu'),
        opened: facts,
        async encode() {
          await page.bringToFront();
          const before = await cpuS();
          const { wallS } = await call('encode');
          return { wallS, cpuS: (await cpuS()) - before };
        },
        close: () => page.close(),
      };
    },
    async close() {
      await browser.close();
      site.close();
    },
  };
}
