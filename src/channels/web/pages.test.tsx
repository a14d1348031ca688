/**
 * Looks at every page in every state and both languages.
 */
import { readFileSync } from 'node:fs';
import { brotliCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { watches } from './deposit-face.ts';
import { readFilters } from './history/filter.tsx';
import { renderFragment, renderPage } from './layout.tsx';
import { FACES } from './testing/sample-history.tsx';
import { samplePages, sampleStatus } from './testing/sample-pages.tsx';
import { sampleFrame } from './testing/sample-values.ts';
import { samplePayout, WITHDRAWAL_FACES } from './testing/sample-withdrawals.tsx';
import { TopupStatusFragment, TopupStatusPage } from './topup/status-page.tsx';
import { WithdrawStatusFragment, WithdrawStatusPage } from './withdraw/status-page.tsx';
import { watchesWithdrawal } from './withdrawal-face.ts';
import { LOCALES, wordsFor } from './words/words.ts';

const FIRST_VIEW_BYTES = 14 * 1024;
const drawn = LOCALES.flatMap((locale) =>
  samplePages(locale).map(({ name, page }) => ({
    name: `${name} (${locale})`,
    locale,
    html: renderPage(page),
  })),
);

function compressed(text: string | Buffer): number {
  return brotliCompressSync(text).length;
}

function asset(path: string): Buffer {
  return readFileSync(new URL(path, import.meta.url));
}

function every(pattern: RegExp, html: string): readonly string[] {
  return [...html.matchAll(pattern)].map((match) => match[1] ?? '');
}

describe.each(drawn)('$name', ({ html, locale }) => {
  test('is a whole document in its language, with every value written out', () => {
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${locale}">`));
    expect(html).not.toMatch(/undefined|\[object|NaN|null/);
    expect(every(/<(h1)\b/g, html)).toHaveLength(1);
    expect(every(/<(main) id="main"/g, html)).toHaveLength(1);
  });

  test('keeps within the content security policy', () => {
    expect(html).not.toMatch(/ style=| on[a-z]+=|<style|javascript:/);
    expect(every(/<script([^>]*)>/g, html)).toEqual([' src="/assets/0123456789-comfort.client.js" defer']);
  });

  test('has each id once, and points only at ids that exist', () => {
    const ids = every(/ id="([^"]+)"/g, html);
    expect(ids).toHaveLength(new Set(ids).size);
    const pointed = every(/ (?:for|aria-describedby|aria-labelledby)="([^"]+)"/g, html);
    expect(pointed.flatMap((list) => list.split(' ')).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('protects every form that changes something', () => {
    const forms = every(/<form method="post"[^>]*>(.*?)<\/form>/g, html);
    expect(forms.filter((form) => !form.includes('name="_csrf"'))).toEqual([]);
  });

  test('fits its first view into 14 KB', () => {
    const sheets = every(/<link rel="stylesheet" href="\/assets\/0123456789-([^"]+)"/g, html);
    const weights = sheets.map((sheet) => compressed(asset(`style/${sheet}`)));
    const view = [compressed(html), compressed(asset('comfort.client.js')), ...weights].reduce(
      (sum, weight) => sum + weight,
      0,
    );
    expect(view).toBeLessThanOrEqual(FIRST_VIEW_BYTES);
  });
});

describe('the style and the script', () => {
  test('stay small enough to leave the room to the content', () => {
    expect(compressed(asset('style/style.css'))).toBeLessThanOrEqual(4 * 1024);
    expect(compressed(asset('style/tontines.css'))).toBeLessThanOrEqual(1536);
    expect(compressed(asset('style/console.css'))).toBeLessThanOrEqual(2 * 1024);
    expect(compressed(asset('comfort.client.js'))).toBeLessThanOrEqual(1300);
    expect(compressed(asset('style/icon.svg'))).toBeLessThanOrEqual(400);
  });
});

test('what a person typed is never markup', () => {
  const name = `<script>alert("1")</script>'"&`;
  const pages = samplePages('fr', name).map(({ page }) => renderPage(page));
  expect(pages.filter((html) => html.includes('<script>'))).toEqual([]);
  expect(pages.filter((html) => html.includes('&lt;script>alert(&quot;1&quot;)')).length).toBeGreaterThan(20);
});

describe('the waiting page', () => {
  const frame = sampleFrame('fr', 'Awa Koné');

  test.each(FACES)('looks again by itself only while that helps: %s', (face) => {
    const html = renderPage(<TopupStatusPage {...sampleStatus(frame, face)} />);
    expect(html.includes('data-live="/wallet/topup/pay_')).toBe(watches(face));
    expect(html.includes('http-equiv="refresh"')).toBe(watches(face));
  });

  test('does not pull the page away from someone who types a code', () => {
    expect(watches('otp')).toBe(false);
  });

  test('never calls an unknown outcome a failure, and says not to pay again', () => {
    const html = renderPage(<TopupStatusPage {...sampleStatus(frame, 'verifying')} />);
    expect(html).toContain(wordsFor('fr').progress.dontPayTwice);
    expect(html).not.toContain(wordsFor('fr').status.failed);
    expect(html).not.toContain(wordsFor('fr').progress.again);
  });

  test.each(FACES)('the fragment is the content of the page: %s', (face) => {
    const props = sampleStatus(frame, face);
    const page = renderPage(<TopupStatusPage {...props} />);
    const fragment = renderFragment(<TopupStatusFragment {...props} />);
    const content = (html: string) => /<main[^>]*>(.*)<\/main>/.exec(html)?.[1];
    expect(content(fragment)).toBe(content(page));
    expect(content(fragment)).not.toBeUndefined();
    expect(fragment).toContain(`data-version="${face}-1"`);
    expect(/ data-live="[^"]/.test(fragment)).toBe(watches(face));
  });
});

describe('the page of a withdrawal', () => {
  const frame = sampleFrame('fr', 'Awa Koné');
  const draw = (face: (typeof WITHDRAWAL_FACES)[number]) =>
    renderPage(<WithdrawStatusPage {...samplePayout(frame, face)} />);

  test.each(WITHDRAWAL_FACES)('looks again by itself until it is over: %s', (face) => {
    const html = draw(face);
    expect(html.includes('data-live="/wallet/withdraw/pay_')).toBe(watchesWithdrawal(face));
    expect(html.includes('http-equiv="refresh"')).toBe(watchesWithdrawal(face));
  });

  test('says one same sentence of everything that the operator has, and never calls it a failure', () => {
    const words = wordsFor('fr');
    for (const html of [
      draw('sent'),
      renderPage(<WithdrawStatusPage {...samplePayout(frame, 'sent')} peopleLook />),
    ]) {
      expect(html).toContain('Envoyé à l’opérateur, confirmation attendue');
      expect(html).toContain('Ne recommencez pas.');
      expect(html).not.toContain(words.status.refused);
      expect(html).not.toContain(words.payout.again);
    }
  });

  test('offers to call off only where nothing was sent', () => {
    const offering = WITHDRAWAL_FACES.filter((face) => draw(face).includes('/cancel/"'));
    expect(offering).toEqual(['held', 'queued']);
  });

  test.each(WITHDRAWAL_FACES)('the fragment is the content of the page: %s', (face) => {
    const fragment = renderFragment(<WithdrawStatusFragment {...samplePayout(frame, face)} />);
    const content = (html: string) => /<main[^>]*>(.*)<\/main>/.exec(html)?.[1];
    expect(content(fragment)).toBe(content(draw(face)));
    expect(content(fragment)).not.toBeUndefined();
    expect(/ data-live="[^"]/.test(fragment)).toBe(watchesWithdrawal(face));
  });
});

test.each([
  [
    { direction: 'out', status: 'failed', period: '7d' },
    { direction: 'out', status: 'failed', period: '7d' },
  ],
  [{}, { direction: 'all', status: 'all', period: 'all' }],
  [
    { direction: 'constructor', status: 'toString', period: ['7d'] },
    { direction: 'all', status: 'all', period: 'all' },
  ],
])('filters %j are read as %j', (query, filters) => {
  expect(readFilters(query)).toEqual(filters);
});
