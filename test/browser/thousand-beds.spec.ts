import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, CDPSession, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { MadeUpGateway } from '../support/made-up-ward/made-up-gateway.js';
import { builtPageDir } from '../support/made-up-ward/page-dir.js';

const BEDS = 1_000;
/** 1,000 beds with a score every 30 seconds. */
const UPDATES_PER_SECOND = 33;
const WATCH_MS = 6_000;
const SCROLL_PX_PER_FRAME = 40;

/** Rows that a window of 900 px shows, with those kept ready around it. */
const MOST_ROWS = 60;

interface Pace {
  readonly frames: number;
  readonly medianMs: number;
  /** Frames that took longer than 50 ms by the clock: on a machine that is busy with other things, theirs as well. */
  readonly over50Ms: number;
  /** Processor time of the page's main thread a frame, milliseconds: scripts, style, layout and paint. */
  readonly workMs: number;
}

describe('1,000 beds', () => {
  let browser: Browser;
  let gateway: MadeUpGateway;

  beforeAll(async () => {
    browser = await startBrowser();
    gateway = new MadeUpGateway({
      beds: BEDS,
      updatesPerSecond: UPDATES_PER_SECOND,
      pageDir: builtPageDir(),
      port: 0,
      startMs: Date.now(),
    });
  });

  afterAll(async () => {
    await browser.close();
    await gateway.stop();
  });

  it(`hold few rows in the page while ${UPDATES_PER_SECOND} updates a second arrive; the pace is printed, not judged`, async () => {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(await gateway.start());
    await page.locator('.ward-row').first().waitFor();
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    await paceOf(page, session, 0);
    const still = await paceOf(page, session, 0);
    const scrolled = await paceOf(page, session, SCROLL_PX_PER_FRAME);
    console.log(
      `still ${JSON.stringify(still)}\nscrolled ${SCROLL_PX_PER_FRAME} px a frame ${JSON.stringify(scrolled)}`,
    );
    expect(await page.locator('.ward-row').count()).toBeLessThan(MOST_ROWS);
    const bottom = await page.locator('.ward-scroll').evaluate((list) => list.scrollHeight);
    const row = await page
      .locator('.ward-row')
      .first()
      .evaluate((element) => element.getBoundingClientRect().height);
    expect(Math.round(bottom / row)).toBeGreaterThanOrEqual(BEDS);
  });
});

/** Watches the page's frames while it scrolls by some pixels a frame, up and down. */
async function paceOf(page: Page, session: CDPSession, scrollPx: number): Promise<Pace> {
  const before = await workMs(session);
  const lengths = await page.evaluate(scrollAndTime, [WATCH_MS, scrollPx] as const);
  const after = await workMs(session);
  const sorted = [...lengths].sort((a, b) => a - b);
  return {
    frames: lengths.length,
    medianMs: Number(sorted[Math.floor(sorted.length / 2)]!.toFixed(1)),
    over50Ms: lengths.filter((ms) => ms > 50).length,
    workMs: Number(((after - before) / lengths.length).toFixed(1)),
  };
}

/** Processor time that the page's main thread has spent, milliseconds. */
async function workMs(session: CDPSession): Promise<number> {
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000;
}

/** Runs in the page: lengths of its frames, milliseconds. */
async function scrollAndTime([lengthMs, stepPx]: readonly [number, number]): Promise<number[]> {
  const list = document.querySelector('.ward-scroll')!;
  const lengths: number[] = [];
  const startMs = performance.now();
  let lastMs = startMs;
  let direction = 1;
  while (lastMs - startMs < lengthMs) {
    const nowMs = await new Promise<number>((resolve) => requestAnimationFrame(() => resolve(performance.now())));
    lengths.push(nowMs - lastMs);
    lastMs = nowMs;
    if (stepPx === 0) continue;
    const held = list.scrollTop;
    list.scrollTop += stepPx * direction;
    if (list.scrollTop === held) direction = -direction;
  }
  return lengths;
}
