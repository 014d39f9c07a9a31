import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/** Where Debian's package `chromium` puts it. */
const USUAL_PATH = '/usr/bin/chromium';

const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a real Chromium: the one at `CHROMIUM_PATH`, else Debian's.
 *
 * @throws when there is none; the message says what to do
 */
export async function startBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM_PATH'] ?? USUAL_PATH;
  if (!existsSync(executablePath)) {
    throw new Error(
      `No browser at ${executablePath}. Install Chromium (on Debian: apt-get install chromium) or set CHROMIUM_PATH to one.`,
    );
  }
  return chromium.launch({ executablePath, args: ARGUMENTS });
}
