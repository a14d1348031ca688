import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS } from '../../../ground/clock.ts';
import { heldBecause } from './held-because.ts';

const ASKED = new Date('2026-01-05T09:00:00Z');
const EARLIER = after(ASKED, -HOUR_MS);
const LATER = after(ASKED, HOUR_MS);
const nothing = { phoneChangedAt: undefined, pinReplacedAt: undefined };

test.each([
  ['the PIN was replaced', { ...nothing, pinReplacedAt: EARLIER }, undefined, EARLIER, 'pin'],
  ['the number changed', { ...nothing, phoneChangedAt: EARLIER }, undefined, EARLIER, 'phone'],
  ['the browser was new', nothing, { isFirst: false, firstSeenAt: EARLIER }, EARLIER, 'device'],
  ['the browser had no cookie', nothing, undefined, ASKED, 'device'],
  ['the PIN was replaced again since', { ...nothing, pinReplacedAt: LATER }, undefined, EARLIER, 'unknown'],
] as const)('%s', (_what, person, device, since, because) => {
  const held = { createdAt: ASKED, until: after(since, DAY_MS) };
  expect(heldBecause(held, person, device, DAY_MS)).toBe(because);
});
