/**
 * Opens the pages in a real browser: what the script adds, what works without it, and what axe finds.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { type Browser, chromium as driver, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderFragment, renderPage } from './layout.tsx';
import { samplePages, sampleStatus } from './testing/sample-pages.tsx';
import { type SampleSite, serveSamples } from './testing/sample-site.ts';
import { sampleFrame } from './testing/sample-values.ts';
import { TopupStatusFragment, TopupStatusPage } from './topup/status-page.tsx';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** The other pages are read in `stories/pages.story.ts`, by the product's own server. */
const CONSOLE = samplePages('fr').filter(({ name }) => name.startsWith('console-'));
/** Each page is read in both schemes and both widths; what differs by scheme does not differ by width. */
const LOOKS = [
  [320, 'light'],
  [1280, 'dark'],
] as const;
const frame = sampleFrame('fr', 'Awa Koné');
let site: SampleSite;
let browser: Browser;

beforeAll(async () => {
  site = await serveSamples();
  for (const { name, page } of samplePages('fr')) site.pages.set(`/${name}`, renderPage(page));
  // In one process, as its makers set it for small machines, this browser hangs when a context is closed.
  const args = chromium.args.filter((arg) => arg !== '--single-process' && arg !== '--no-zygote');
  browser = await driver.launch({ executablePath: await chromium.executablePath(), args });
}, 120_000);

afterAll(async () => {
  await browser.close();
  await site.close();
});

async function open(path: string, options: { script?: boolean; width?: number } = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 320, height: 640 },
    javaScriptEnabled: options.script ?? true,
    bypassCSP: path === '',
  });
  const page = await context.newPage();
  await page.goto(`${site.url}${path}`);
  return page;
}

test.each(LOOKS)(
  'axe finds nothing and nothing sticks out, on every page of the console, %i pixels wide, %s',
  async (width, colorScheme) => {
    const page = await open('', { width });
    const found: string[] = [];
    let rulesPassed = 0;
    await page.emulateMedia({ colorScheme });
    for (const { name } of CONSOLE) {
      await page.goto(`${site.url}/${name}`);
      await page.evaluate(AXE);
      const report = await page.evaluate<{
        violations: { id: string }[];
        passed: number;
        wide: boolean;
      }>(
        // What holds is counted and not told node by node, which would be most of the work.
        "axe.run({ resultTypes: ['violations'] }).then((r) => ({ violations: r.violations, passed: r.passes.length, " +
          'wide: document.documentElement.scrollWidth > innerWidth }))',
      );
      rulesPassed += report.passed;
      found.push(...report.violations.map((violation) => `${name} ${colorScheme}: ${violation.id}`));
      if (report.wide) found.push(`${name}: wider than the screen`);
    }
    expect(found).toEqual([]);
    expect(rulesPassed).toBeGreaterThan(20 * CONSOLE.length);
    expect(CONSOLE.length).toBeGreaterThan(20);
    await page.context().close();
  },
  240_000,
);

test('a quick amount fills the field at once, and a typed one is grouped', async () => {
  const page = await open('/topup');
  const before = site.posts.length;
  await page.click('button[value="25000"]');
  expect(await page.inputValue('#f-amount')).toBe('25\u00a0000');
  await page.fill('#f-amount', '1234567');
  await page.press('#f-amount', 'Tab');
  expect(await page.inputValue('#f-amount')).toBe('1\u00a0234\u00a0567');
  expect(site.posts).toHaveLength(before);
  await page.context().close();
});

test('an impatient finger sends the payment once', async () => {
  const page = await open('/confirm');
  const before = site.posts.length;
  await page.click('form .primary');
  await expect.poll(() => page.locator('form .primary').isDisabled()).toBe(true);
  expect(await page.locator('form .primary').getAttribute('aria-busy')).toBe('true');
  await expect.poll(() => site.posts.length).toBe(before + 1);
  await page.evaluate("document.querySelector('form').requestSubmit()");
  // A later request has been answered, so a second payment would have arrived before it.
  await page.evaluate("fetch('/sms').then((answer) => answer.text())");
  expect(site.posts).toHaveLength(before + 1);
  await page.context().close();
});

test('a waiting page changes by itself, says so aloud, and stops looking at the end', async () => {
  const path = '/wallet/topup/pay_01kx0000000000000000000000/';
  site.pages.set(path, renderPage(<TopupStatusPage {...sampleStatus(frame, 'approval')} />));
  const page = await open(path);
  site.pages.set(path, renderFragment(<TopupStatusFragment {...sampleStatus(frame, 'succeeded')} />));
  await page.locator('h1', { hasText: 'Recharge réussie' }).waitFor();
  expect(await page.textContent('#spoken')).toBe('Recharge réussie');
  expect(await page.getAttribute('main', 'data-live')).toBe('');
  expect(await page.locator('[data-copy]').isVisible()).toBe(true);
  await page.context().close();
});

test('without a script, Enter continues and a quick amount asks for the form again', async () => {
  const page = await open('/topup', { script: false });
  const sent = async (act: () => Promise<void>) => {
    const before = site.posts.length;
    await act();
    await expect.poll(() => site.posts.length).toBe(before + 1);
    return new URLSearchParams(site.posts.at(-1));
  };
  await page.check('input[value="wave"]');
  await page.fill('#f-amount', '700');
  const continued = await sent(() => page.press('#f-amount', 'Enter'));
  expect(Object.fromEntries(continued)).toMatchObject({ method: 'wave', amount: '700' });
  expect(continued.has('quick')).toBe(false);
  const quick = await sent(() => page.click('button[value="5000"]'));
  expect(quick.get('quick')).toBe('5000');
  await page.context().close();
});
