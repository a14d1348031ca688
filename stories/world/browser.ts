/**
 * Opens a real browser that came with the packages, so that a story needs nothing installed on the machine.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import chromium from '@sparticuz/chromium';
import { type Browser, type BrowserContext, chromium as driver, type Page } from 'playwright-core';

/**
 * What that package asks for and people's browsers do not have: everything in one process, where closing one person's
 * browser closes everybody's; and no web security, without which a page that breaks it would pass.
 */
const UNFIT = new Set(['--single-process', '--disable-web-security', '--allow-running-insecure-content']);

export async function openBrowser(): Promise<Browser> {
  return await driver.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => !UNFIT.has(arg)),
    headless: true,
  });
}

export interface Screen {
  readonly width: number;
  readonly height: number;
}

/** The cheapest phone still in use, and an office. */
export const SMALL: Screen = { width: 320, height: 640 };
export const LARGE: Screen = { width: 1280, height: 800 };

export interface BrowserPerson {
  readonly browser: Browser;
  readonly origin: string;
  readonly screen?: Screen;
  readonly script?: boolean;
  readonly language?: 'fr' | 'en';
  readonly dark?: boolean;
}

/** A browser of one person: own cookies, own language. */
export async function openContext(person: BrowserPerson): Promise<BrowserContext> {
  return await person.browser.newContext({
    baseURL: person.origin,
    viewport: person.screen ?? { width: 390, height: 780 },
    javaScriptEnabled: person.script ?? true,
    locale: person.language === 'en' ? 'en-GB' : 'fr-CI',
    colorScheme: person.dark === true ? 'dark' : 'light',
  });
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds wrong with the page, one line each. The page must be allowed to run scripts. */
export async function violationsOf(page: Page): Promise<string[]> {
  // Through the debugger and not as a script element: the content policy of the page stays as it is.
  await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: {
        run(options: {
          resultTypes: string[];
        }): Promise<{ violations: { id: string; help: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({ resultTypes: ['violations'] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
    );
  });
}

/** By how many pixels the page is wider than its screen. */
export async function overflowOf(page: Page): Promise<number> {
  return await page.evaluate(() => {
    const { scrollWidth, clientWidth } = (
      globalThis as unknown as { document: { documentElement: { scrollWidth: number; clientWidth: number } } }
    ).document.documentElement;
    return scrollWidth - clientWidth;
  });
}
