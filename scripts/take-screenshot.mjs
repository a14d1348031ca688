/**
 * Takes the README's picture of the wallet: starts the built product on an empty folder, makes one deposit as a person
 * would, and keeps what a phone of 390 px shows. Usage, after `npm run build`: `node scripts/take-screenshot.mjs`
 */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromium from '@sparticuz/chromium';
import { chromium as driver } from 'playwright-core';

const PICTURE = 'docs/images/wallet.png';
const AWA = { phone: '0707070707', wallet: '2250707070707', pin: '4826' };

const folder = mkdtempSync(join(tmpdir(), 'tontine-picture-'));
const product = spawn(process.execPath, ['dist/main.js'], {
  env: { PATH: process.env.PATH, DATA_DIR: folder, PORT: '0', SIMULATOR_PORT: '0' },
  stdio: ['ignore', 'pipe', 'inherit'],
});
try {
  const { url, phoneUrl } = await whereItIs(product);
  const browser = await driver.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => arg !== '--single-process'),
  });
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width: 390, height: 760 },
    locale: 'fr-CI',
  });
  const page = await context.newPage();
  await page.goto('/login/');
  await page.locator('[name=phone]').fill(AWA.phone);
  await page.locator('[name=way][value=pin]').check();
  await page.locator('button.primary').click();
  await page.locator('[name=pin]').fill(AWA.pin);
  await page.locator('button.primary').click();
  await page.waitForURL('**/wallet/');
  await deposit(page, context, phoneUrl, { method: 'wave', amount: '25000' });
  await deposit(page, context, phoneUrl, { method: 'mtn_money', amount: '10000' });
  await page.goto('/wallet/');
  mkdirSync('docs/images', { recursive: true });
  await page.screenshot({ path: PICTURE });
  await browser.close();
} finally {
  product.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}

async function deposit(page, context, phoneUrl, { method, amount }) {
  await page.goto('/wallet/topup/');
  await page.locator(`[name=method][value=${method}]`).check();
  await page.locator('[name=amount]').fill(amount);
  await page.locator('button.primary').click();
  await page.locator('form[action$="/confirm/"] button.primary').click();
  await page.waitForURL('**/wallet/topup/pay_*/');
  const phone = await context.newPage();
  await phone.goto(`${phoneUrl}${AWA.wallet}/`);
  // The phone's screen asks for itself again until the message is there.
  await phone.locator('.push [name=pin]').fill('1234');
  await phone.locator('.push button[value=approve]').click();
  await phone.close();
  await page.locator('.status.good').waitFor();
}

async function whereItIs(child) {
  let said = '';
  for await (const chunk of child.stdout) {
    said += chunk;
    const found = /^ {2}(http\S+) {2}·[\s\S]*?(http\S+\/phone\/)/m.exec(said);
    if (found !== null) return { url: found[1], phoneUrl: found[2] };
  }
  throw new Error(`The product did not start:\n${said}`);
}
