import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import type { Alert } from '#wire';
import { startBrowser } from '../support/browser.js';
import { alertIdOf, madeAlert } from '../support/delivery/made-alert.js';
import { MadeUpGateway } from '../support/made-up-ward/made-up-gateway.js';
import { builtPageDir } from '../support/made-up-ward/page-dir.js';

/** The panel of alerts in a real browser, over a gateway with made-up beds that carries commands out by itself. */
describe('alerts in a browser', () => {
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
      beds: 8,
      updatesPerSecond: 0,
      pageDir: builtPageDir(),
      port: 0,
      startMs: Date.now(),
    });
    address = await gateway.start();
    context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    page = await open();
  });

  afterEach(async () => {
    await context.close();
    await gateway.stop();
    expect(complaints.splice(0)).toEqual([]);
  });

  async function open(): Promise<Page> {
    const opened = await context.newPage();
    opened.on('pageerror', (error) => complaints.push(error.message));
    opened.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('WebSocket')) complaints.push(message.text());
    });
    await opened.goto(address);
    await opened.locator('.ward-row').first().waitFor();
    return opened;
  }

  function alertNow(name: string, fields: Partial<Alert> = {}): Alert {
    const nowMs = Date.now();
    const times = { openedAtMs: nowMs - 600_000, firedAtMs: nowMs - 330_000, changedAtMs: nowMs - 330_000 };
    return madeAlert({ alertId: alertIdOf(name), bed: name, stayId: `made-up-000${name.at(-1)}`, ...times, ...fields });
  }

  const card = (bed: string, on = page): Locator => on.locator('.alert-card', { hasText: bed });
  const stateOf = (bed: string, state: string, on = page): Locator =>
    on.locator(`.alert-card[data-state="${state}"]`, { hasText: bed });

  it('open by themselves when one fires, patients and technical apart, each with age, risk and what it is not', async () => {
    expect(await page.locator('.alerts').count()).toBe(0);
    expect(await page.locator('#alerts-button').innerText()).toMatch(/none firing/);
    gateway.setAlert(alertNow('C-01'));
    gateway.setAlert(
      alertNow('C-02', { kind: 'technical', severity: 'warning', risk: undefined, summary: 'Feed is silent.' }),
    );
    await card('C-02').waitFor();
    const [patients, technical] = [page.locator('#alerts section').nth(0), page.locator('#alerts section').nth(1)];
    expect(await patients.innerText()).toMatch(
      /Patients\s+1 open[\s\S]*Critical[\s\S]*5 min[\s\S]*C-01[\s\S]*Risk 41 % \(30–52 %\), NEWS2 7/,
    );
    expect(await patients.innerText()).toContain('Research software, not a medical device.');
    expect(await technical.innerText()).toMatch(/Technical\s+1 open[\s\S]*Warning[\s\S]*C-02[\s\S]*Feed is silent\./);
    expect(await page.locator('#alerts-button').innerText()).toMatch(/2 firing/);
    expect(await page.locator('[data-testid="announcement"]').textContent()).toMatch(/alert, bed C-0[12], icu/);
  });

  it('are acknowledged, snoozed and resolved with a name, and every page sees it', async () => {
    const other = await open();
    await page.bringToFront();
    gateway.setAlert(alertNow('C-01'));
    await card('C-01').getByRole('button', { name: 'Acknowledge' }).click();
    expect(await card('C-01').locator('[role="alert"]').innerText()).toMatch(/^Say who you are first/);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('acting-name');
    await page.keyboard.type('Dr Ada');
    await card('C-01').getByRole('button', { name: 'Acknowledge' }).click();
    await stateOf('C-01', 'acknowledged', other).waitFor();
    expect(await card('C-01', other).innerText()).toMatch(/Dr Ada, \d+ \w{3} \d\d:\d\d/);
    await stateOf('C-01', 'acknowledged').locator('summary').click();
    await card('C-01').getByLabel('Reason').fill('dialysis');
    await card('C-01').locator('select').selectOption('60');
    await card('C-01').getByRole('button', { name: 'Snooze' }).click();
    await stateOf('C-01', 'snoozed', other).waitFor();
    expect(await card('C-01', other).innerText()).toMatch(/snoozed until \d+ \w{3} \d\d:\d\d/);
    await card('C-01').getByRole('button', { name: 'Resolve' }).click();
    await stateOf('C-01', 'resolved', other).waitFor();
    expect(gateway.orders).toEqual([
      'acknowledge C-01 Dr Ada',
      'snooze C-01 Dr Ada 60 dialysis',
      'resolve C-01 Dr Ada dialysis',
    ]);
  });

  it('are reached and left by keys alone', async () => {
    gateway.setAlert(alertNow('C-03'));
    await card('C-03').waitFor();
    await page.keyboard.press('a');
    await card('C-03').waitFor({ state: 'detached' });
    expect(await page.locator('#alerts-button').getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('a');
    await page.waitForFunction(() => document.activeElement?.id === 'alerts');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Dr B');
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await stateOf('C-03', 'acknowledged').waitFor();
    expect(gateway.orders).toEqual(['acknowledge C-03 Dr B']);
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => document.activeElement?.id === 'alerts-button');
    expect(await page.locator('.alerts').count()).toBe(0);
  });

  it('stay closed once a person has closed them, but for a critical one', async () => {
    gateway.setAlert(alertNow('C-01'));
    await card('C-01').waitFor();
    await page.getByRole('button', { name: 'Close the alerts' }).click();
    gateway.setAlert(alertNow('C-02', { severity: 'warning' }));
    await page.locator('#alerts-button', { hasText: '2 firing' }).waitFor();
    expect(await page.locator('.alerts').count()).toBe(0);
    gateway.setAlert(alertNow('C-04'));
    await card('C-04').waitFor();
  });

  it('lead to their stay, and fit a narrow screen', async () => {
    gateway.setAlert(alertNow('C-03'));
    await page.setViewportSize({ width: 360, height: 740 });
    await card('C-03').waitFor();
    const [needed, given] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
    expect(needed).toBeLessThanOrEqual(given!);
    await card('C-03').locator('.alert-bed').click();
    await page.waitForURL('**/#/stay/made-up-0003');
  });

  it('are read out again when one fires again with the same words', async () => {
    gateway.setAlert(alertNow('C-01'));
    const said = page.locator('[data-testid="announcement"] span');
    await said.filter({ hasText: 'bed C-01' }).waitFor({ state: 'attached' });
    await said.evaluate((element) => element.setAttribute('data-heard', 'yes'));
    gateway.setAlert(alertNow('C-01', { state: 'snoozed', sequence: 3, snoozedUntilMs: Date.now() }));
    await stateOf('C-01', 'snoozed').waitFor();
    gateway.setAlert(alertNow('C-01', { sequence: 4, firedAtMs: Date.now() }));
    await page
      .locator('[data-testid="announcement"] span:not([data-heard])', { hasText: 'bed C-01' })
      .waitFor({ state: 'attached' });
  });

  it('are not called none while the line is lost', async () => {
    const button = page.locator('#alerts-button');
    await button.filter({ hasText: 'none firing' }).waitFor();
    gateway.pauseService();
    await button.filter({ hasText: 'not known' }).waitFor();
    await button.click();
    expect(await page.locator('.alerts').innerText()).not.toMatch(/None\./);
    gateway.resumeService();
    await button.filter({ hasText: 'none firing' }).waitFor();
  });

  it('say that a command without an answer may have been taken all the same', async () => {
    gateway.setAlert(alertNow('C-01'));
    await card('C-01').waitFor();
    await page.getByLabel('Your name').fill('Dr A');
    await page.route('**/api/alerts/**', (route) => route.abort());
    await card('C-01').getByRole('button', { name: 'Acknowledge' }).click();
    await card('C-01').getByText('see whether the alert changes').waitFor();
    expect(complaints.splice(0).every((complaint) => complaint.includes('ERR_FAILED'))).toBe(true);
  });

  it('cannot be acted on while the line is lost', async () => {
    gateway.setAlert(alertNow('C-01'));
    await card('C-01').waitFor();
    gateway.pauseService();
    await page.locator('.alerts[data-lost="true"]').waitFor();
    expect(await card('C-01').getByRole('button', { name: 'Acknowledge' }).isDisabled()).toBe(true);
    gateway.resumeService();
    await page.locator('.alerts[data-lost="false"]').waitFor();
  });
});
