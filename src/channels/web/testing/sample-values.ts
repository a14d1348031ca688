/**
 * Makes the values that sample pages are drawn with.
 */

import { type Money, money } from '../../../ground/money/money.ts';
import type { Locale } from '../../../ground/money/money-text.ts';
import type { Frame } from '../layout.tsx';
import type { RefusalText } from '../parts/notice.tsx';

/** A reader's frame; anonymous when `name` is absent. */
export function sampleFrame(locale: Locale, name?: string): Frame {
  return {
    locale,
    assets: {
      css: '/assets/0123456789-style.css',
      tontinesCss: '/assets/0123456789-tontines.css',
      consoleCss: '/assets/0123456789-console.css',
      js: '/assets/0123456789-comfort.client.js',
      icon: '/assets/0123456789-icon.svg',
    },
    csrf: 'Yq3vN0xP-4Xo2Lw9bJ7uT5cR1sK8dF6hG0aZ',
    demo: { smsUrl: '/demo/sms/', phoneUrl: 'http://localhost:3001/phone/' },
    ...(name === undefined ? {} : { person: { name } }),
  };
}

export function refusalOf(code: string): RefusalText {
  return { code, text: `Ce qui a été tapé ne convient pas (${code}).` };
}

export function xof(amount: bigint): Money {
  return money(amount, 'XOF');
}
