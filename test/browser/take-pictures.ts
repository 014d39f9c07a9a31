import { Command } from 'commander';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { startBrowser } from '../support/browser.js';
import { MadeUpGateway } from '../support/made-up-ward/made-up-gateway.js';
import { builtPageDir } from '../support/made-up-ward/page-dir.js';

const SIZE = { width: 1360, height: 860 };

/** Beds of the made-up ward, where no running Vigil is named. */
const MADE_UP_BEDS = 48;

interface PictureOptions {
  readonly url?: string;
  readonly stay?: string;
  readonly out: string;
  readonly scheme: 'light' | 'dark';
}

/** Writes `ward.png` and `stay.png`. */
async function takePictures({ url, stay, out, scheme }: PictureOptions): Promise<void> {
  const browser = await startBrowser();
  const gateway = url === undefined ? madeUp() : undefined;
  try {
    const page = await openPage(browser, scheme, url ?? (await gateway!.start()));
    await page.screenshot({ path: join(out, 'ward.png') });
    if (stay === undefined) await page.locator('.ward-row[aria-rowindex="2"]').click();
    else await page.evaluate((stayId) => (location.hash = `#/stay/${encodeURIComponent(stayId)}`), stay);
    await page.locator('.signal-card canvas').nth(5).waitFor();
    await page.locator('.driver').first().waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(out, 'stay.png') });
  } finally {
    await browser.close();
    await gateway?.stop();
  }
  console.log(`wrote ${join(out, 'ward.png')} and ${join(out, 'stay.png')}`);
}

function madeUp(): MadeUpGateway {
  return new MadeUpGateway({
    beds: MADE_UP_BEDS,
    updatesPerSecond: 5,
    pageDir: builtPageDir(),
    port: 0,
    startMs: Date.now(),
  });
}

async function openPage(browser: Browser, colorScheme: 'light' | 'dark', url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: SIZE, colorScheme, deviceScaleFactor: 1.25 });
  await page.goto(url);
  await page.locator('[data-testid="risk"]').nth(2).waitFor();
  return page;
}

const command = new Command('picture')
  .description('Takes the pictures of the ward and of a stay for the READMEs, with a real browser.')
  .option('--url <url>', 'page of a running Vigil (default: a made-up ward)')
  .option('--stay <stayId>', 'stay to show (default: the first of the ward)')
  .option('--out <folder>', 'where to write ward.png and stay.png', 'apps/dashboard')
  .option('--scheme <scheme>', 'light or dark', 'light')
  .exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
const options = command.parse().opts<PictureOptions>();
try {
  await takePictures(options);
} catch (error) {
  console.error(`picture: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
  process.exit(1);
}
