import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { MadeUpGateway } from '../support/made-up-ward/made-up-gateway.js';
import { builtPageDir } from '../support/made-up-ward/page-dir.js';

/** The page in a real browser, over beds with invented values. What a replayed stay shows is in standalone.spec.ts. */
describe('the ward in a browser', () => {
  let browser: Browser;
  let gateway: MadeUpGateway;
  let context: BrowserContext;
  let page: Page;
  let address: string;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterAll(async () => {
    await browser.close();
  });

  beforeEach(async () => {
    gateway = new MadeUpGateway({
      beds: 60,
      updatesPerSecond: 5,
      pageDir: builtPageDir(),
      port: 0,
      startMs: Date.now(),
    });
    address = await gateway.start();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await context.newPage();
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('WebSocket')) complaints.push(message.text());
    });
    await page.goto(address);
    await page.locator('.ward-row').first().waitFor();
  });

  afterEach(async () => {
    await context.close();
    await gateway.stop();
    expect(complaints).toEqual([]);
  });

  const risks = async (): Promise<number[]> => {
    const rows = await page.locator('.ward-row').evaluateAll((elements) =>
      elements.map((row) => ({
        place: Number(row.getAttribute('aria-rowindex')),
        risk: row.querySelector('[data-testid="risk"]')?.textContent ?? '',
      })),
    );
    return rows.sort((a, b) => a.place - b.place).map(({ risk }) => (risk === '' ? -1 : Number.parseFloat(risk)));
  };

  it('shows beds with the highest risk first, each with interval and state, and says what it is not', async () => {
    const shown = await risks();
    const firstTen = shown.slice(0, 10);
    expect(firstTen[0]).toBeGreaterThan(firstTen[9]!);
    expect(await page.locator('.notice').innerText()).toContain('Research software, not a medical device.');
    expect(await page.locator('.notice').innerText()).toContain('untrained');
    expect(await page.locator('.ward-row').first().locator('.cell-risk span').innerText()).toMatch(/\d.*–.*%/);
    expect(await page.locator('.ward-counts').innerText()).toMatch(/60 beds/);
  });

  it('draws only the rows in sight', async () => {
    expect(await page.locator('.ward-row').count()).toBeLessThan(40);
    await page.keyboard.press('End');
    await page.locator('.ward-row[aria-rowindex="61"]').waitFor();
  });

  it('is used by keys alone: filter, sort, choose, open, next bed, back', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('neuro');
    await page.waitForFunction(() => document.querySelector('.ward-counts')?.textContent?.includes('15 shown'));
    await page.keyboard.press('Escape');
    await page.keyboard.press('3');
    await page.locator('.ward-row[aria-rowindex="2"]', { hasText: 'C-01' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const chosen = await page.locator('.ward-row[aria-selected="true"]').getAttribute('data-stay');
    expect(await page.locator('.ward-scroll').getAttribute('aria-activedescendant')).toBe(`bed-${chosen}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/#/stay/${chosen}`);
    await page.locator('.stay-head h2', { hasText: 'C-02' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.locator('.stay-head h2', { hasText: 'C-03' }).waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.ward-row').first().waitFor();
  });

  it('says that the connection is lost, greys what it shows, and comes back', async () => {
    gateway.pauseService();
    const banner = page.locator('.lost');
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/Connection lost\.[\s\S]*stand as of \d\d:\d\d:\d\d/);
    expect(await page.locator('main').getAttribute('data-lost')).toBe('true');
    expect(await page.locator('.ward-row').count()).toBeGreaterThan(5);
    gateway.resumeService();
    await banner.waitFor({ state: 'detached' });
    expect(await page.locator('main').getAttribute('data-lost')).toBe('false');
  });

  it('says that a gateway which has just started is catching up, and greys what it shows', async () => {
    gateway.setFeed('catching-up');
    const banner = page.locator('.lost');
    await banner.waitFor();
    expect(await banner.innerText()).toMatch(/catching up[\s\S]*not current/);
    expect(await page.locator('main').getAttribute('data-lost')).toBe('true');
    gateway.setFeed('flowing');
    await banner.waitFor({ state: 'detached' });
    expect(await page.locator('main').getAttribute('data-lost')).toBe('false');
  });

  it('asks for a token as soon as the gateway wants one, also when nothing answered at first', async () => {
    gateway.pauseService();
    await page.reload();
    await page.locator('.lost', { hasText: 'Connection lost.' }).waitFor();
    gateway.wantsToken = true;
    await page.locator('.lost', { hasText: 'asks for an access token' }).waitFor();
    gateway.resumeService();
    await page.locator('.lost input').fill('sesame');
    await page.getByRole('button', { name: 'Connect', exact: true }).click();
    await page.locator('.ward-row').first().waitFor();
    expect(complaints.splice(0).every((complaint) => complaint.includes('401'))).toBe(true);
  });

  it('opens with an address that is not encoded as addresses are', async () => {
    await page.goto(`${address}#/stay/100%`);
    await page.reload();
    await page.getByText('This stay is not known').waitFor();
  });

  it('reads the trends of a stay when it is opened, not with every frame', async () => {
    const asked: string[] = [];
    page.on('request', (request) => {
      if (request.url().includes('/trends')) asked.push(request.url());
    });
    await page.goto(`${address}#/stay/made-up-0003`);
    await page.locator('.signal-card canvas').first().waitFor();
    const clock = page.locator('.shell-line time');
    for (let moves = 0; moves < 3; moves += 1) {
      const before = await clock.innerText();
      await page.waitForFunction(
        (shown) => document.querySelector<HTMLElement>('.shell-line time')?.innerText !== shown,
        before,
      );
    }
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThanOrEqual(2);
  });

  it('shows a stay: measured and imputed apart, drivers in words, what is missing as missing', async () => {
    await page.goto(`${address}#/stay/made-up-0003`);
    await page.locator('.signal-card canvas').first().waitFor();
    const text = await page.locator('main').innerText();
    expect(text).toMatch(/Lactate[\s\S]*raises \+0\.90/);
    expect(text).toContain('missing: air or oxygen, consciousness');
    expect(text).toMatch(/Ethnicity\s+unknown/);
    expect(text).toMatch(/Never measured \(\d+\)/);
    expect(text).toMatch(/release made-up \(untrained\)/);
    const [measured, imputed] = await inkOfFirstCharts(page);
    expect(measured).toBeGreaterThan(50);
    expect(imputed).toBeGreaterThan(50);
  });

  it('fits a narrow screen without scrolling sideways', async () => {
    await page.setViewportSize({ width: 360, height: 740 });
    for (const hash of ['#/', '#/stay/made-up-0003']) {
      await page.goto(address + hash);
      await page.locator('.ward-row, .signal-card').first().waitFor();
      const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(needed).toBeLessThanOrEqual(given!);
    }
  });
});

/** Pixels in the colours of measured points and of imputed bands on the first charts of signals. */
async function inkOfFirstCharts(page: Page): Promise<[measured: number, imputed: number]> {
  return page.evaluate(() => {
    const near = (data: Uint8ClampedArray, at: number, colour: number[]): boolean =>
      colour.every((part, channel) => Math.abs(data[at + channel]! - part) < 40) && data[at + 3]! > 60;
    const count = (colour: number[]): number => {
      let pixels = 0;
      for (const canvas of [...document.querySelectorAll<HTMLCanvasElement>('.signal-card canvas')].slice(0, 4)) {
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        for (let at = 0; at < data.length; at += 4) if (near(data, at, colour)) pixels += 1;
      }
      return pixels;
    };
    return [count([0x15, 0x5a, 0x8a]), count([0x8b, 0x4f, 0xa3])];
  });
}
