import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { runStandaloneProcess, type RunningStandalone } from '../support/running-standalone.js';

/** Fast enough for several scores a second, slow enough that figures are seen to move. */
const FLAGS = ['--speed', '1800', '--fast-forward', '8'];

/** Scores go through the whole line: recording, log, window, model, log, gateway, socket, page. */
describe('a replayed stay in a browser', () => {
  let browser: Browser;
  let standalone: RunningStandalone;
  let page: Page;

  beforeAll(async () => {
    browser = await startBrowser();
    standalone = await runStandaloneProcess(FLAGS);
    page = await browser.newPage({ viewport: { width: 1360, height: 900 } });
    await page.goto(standalone.url);
  });

  afterAll(async () => {
    await browser?.close();
    await standalone?.stop();
  });

  it('gets a score that appears on the ward, with its interval and its stage', async () => {
    const risk = page.locator('[data-testid="risk"]').first();
    await risk.waitFor();
    expect(await risk.innerText()).toMatch(/^[<>]?\d+(\.\d)? %$/);
    const row = page.locator('.ward-row', { has: page.locator('[data-testid="risk"]') }).first();
    expect(await row.innerText()).toMatch(/untrained model|research model/);
    expect(await page.locator('.notice').innerText()).toContain('Research software, not a medical device.');
  });

  it('moves: a later score of the same stay takes its place', async () => {
    const row = page.locator('.ward-row', { has: page.locator('.sparkline') }).first();
    const stayId = await row.getAttribute('data-stay');
    const trend = `[data-stay="${stayId}"] .sparkline path`;
    const before = await page.locator(trend).first().getAttribute('d');
    await page.waitForFunction(([path, held]) => document.querySelector(path!)?.getAttribute('d') !== held, [
      trend,
      before,
    ] as const);
    expect(await page.locator(trend).first().getAttribute('d')).not.toBe(before);
  });

  it('opens as a stay with measured trends, drivers and where the score comes from', async () => {
    await page
      .locator('.ward-row', { has: page.locator('[data-testid="risk"]') })
      .first()
      .click();
    await page.locator('[data-testid="stay-risk"]').waitFor();
    // beside an open alert panel the signals begin below what is in sight, and are drawn when they come into it
    await page.locator('.signal-card').first().scrollIntoViewIfNeeded();
    await page.locator('.signal-card canvas').first().waitFor();
    await page.locator('.driver').first().waitFor();
    const shown = await page.locator('main').innerText();
    expect(shown).toMatch(/Heart rate/);
    expect(shown).toMatch(/(raises|lowers) [+−]\d/);
    expect(shown).toMatch(/digest\s+[0-9a-f]{16}/);
    const clock = page.locator('.shell-line time');
    const before = await clock.innerText();
    await page.waitForFunction((held) => document.querySelector('.shell-line time')?.textContent !== held, before);
  });
});
