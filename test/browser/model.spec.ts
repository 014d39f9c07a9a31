import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { runStandaloneProcess, type RunningStandalone } from '../support/running-standalone.js';

/** From the registry and the trainer of a running standalone, by way of its gateway, to the page. */
describe('the model in a browser', () => {
  let browser: Browser;
  let standalone: RunningStandalone;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser();
    standalone = await runStandaloneProcess(['--no-replay']);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(standalone.url);
  });

  afterAll(async () => {
    await browser?.close();
    await standalone?.stop();
  });

  const panel = (name: string) => page.locator(`[data-testid="model-${name}"]`);

  it('names the champion that the registry names, since when and why', async () => {
    await page.getByRole('button', { name: 'Model' }).click();
    const champion = panel('releases').locator('.model-release[data-state="champion"]');
    await champion.waitFor();
    const model = (await (await page.request.get(`${standalone.url}/api/model`)).json()) as {
      releases: { releases: { releaseId: string; state: string }[] };
    };
    const { releaseId } = model.releases.releases.find(({ state }) => state === 'champion')!;
    expect(await champion.locator('[data-testid="release-id"]').innerText()).toBe(releaseId);
    expect(await champion.innerText()).toMatch(/\d+ \w+ \d\d:\d\d, .*by registry: “the store was empty/);
    expect(await panel('decisions').innerText()).toContain(`${releaseId} was promoted by force`);
    expect(await page.locator('.model-head').innerText()).toContain('Research software, not a medical device.');
  });

  it('says of trainings and drift what there is, each with its age', async () => {
    expect(await panel('trainings').innerText()).toMatch(/read just now[\s\S]*Nothing has been trained here yet\./);
    expect(await panel('drift').innerText()).toMatch(/read just now[\s\S]*(No reference|No score|does not know yet)/);
  });

  it('fits a narrow screen, and is left by a key', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(needed).toBeLessThanOrEqual(given!);
    await page.keyboard.press('Escape');
    await page.waitForURL('**/#/');
    await page.keyboard.press('m');
    await page.waitForURL('**/#/model');
    expect(complaints).toEqual([]);
  });
});
