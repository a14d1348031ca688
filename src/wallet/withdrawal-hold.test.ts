import { expect, test } from 'vitest';
import { after, DAY_MS, HOUR_MS } from '../ground/clock.ts';
import { heldUntil } from './withdrawal-hold.ts';

const NOW = new Date('2026-01-05T08:00:00.000Z');
const POLICY = { withdrawalFeeBasisPoints: 0, holdNewDevices: true, hold_ms: DAY_MS };
const OLD = { isFirst: true, firstSeenAt: after(NOW, -90 * DAY_MS) };
const ago = (hours: number) => after(NOW, -hours * HOUR_MS);
const ahead = (hours: number) => after(NOW, hours * HOUR_MS);

interface Case {
  readonly when: string;
  readonly phone?: Date;
  readonly pin?: Date;
  readonly device?: { readonly isFirst: boolean; readonly firstSeenAt: Date } | 'none';
  readonly holdNewDevices?: boolean;
  readonly held?: readonly [string, Date];
}

test.each<Case>([
  { when: 'nothing changed' },
  { when: 'the phone changed 1 hour ago', phone: ago(1), held: ['phone-changed', ahead(23)] },
  { when: 'the phone changed 24 hours ago', phone: ago(24) },
  { when: 'the PIN was replaced just now', pin: NOW, held: ['pin-replaced', ahead(24)] },
  {
    when: 'the PIN was replaced a millisecond less than a day ago',
    pin: after(ago(24), 1),
    held: ['pin-replaced', after(NOW, 1)],
  },
  { when: 'the PIN was replaced a day ago', pin: ago(24) },
  { when: 'the first device was seen just now', device: { isFirst: true, firstSeenAt: NOW } },
  {
    when: 'a second device was seen 2 hours ago',
    device: { isFirst: false, firstSeenAt: ago(2) },
    held: ['new-device', ahead(22)],
  },
  { when: 'a second device was seen a day ago', device: { isFirst: false, firstSeenAt: ago(24) } },
  { when: 'the browser cannot be recognised', device: 'none', held: ['new-device', ahead(24)] },
  {
    when: 'devices do not count and this one is new',
    device: { isFirst: false, firstSeenAt: NOW },
    holdNewDevices: false,
  },
  { when: 'devices do not count and there is none', device: 'none', holdNewDevices: false },
  {
    when: 'devices do not count and the PIN was replaced',
    pin: ago(5),
    device: 'none',
    holdNewDevices: false,
    held: ['pin-replaced', ahead(19)],
  },
  {
    when: 'everything changed: the longest wait is told',
    phone: ago(20),
    pin: ago(3),
    device: { isFirst: false, firstSeenAt: ago(10) },
    held: ['pin-replaced', ahead(21)],
  },
])('$when', ({ phone, pin, device, holdNewDevices, held }) => {
  const person = { phoneChangedAt: phone, pinReplacedAt: pin };
  const policy = { ...POLICY, holdNewDevices: holdNewDevices ?? true };
  const hold = heldUntil(person, device === 'none' ? undefined : (device ?? OLD), NOW, policy);
  expect(hold).toEqual(held === undefined ? undefined : { reason: held[0], until: held[1] });
});
