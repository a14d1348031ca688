/**
 * Draws the icons, each one path in the colour of the text around it.
 *
 * They are written in the page itself, because a second request costs a second on 2G and an icon font turns into
 * squares. They are always beside a word, so they are hidden from screen readers.
 */
import { drawnOnce } from './drawn-once.ts';

const SHAPES = {
  wallet: 'M3 7.5A2.5 2.5 0 0 1 5.5 5H18v3M3 7.5V17a2.5 2.5 0 0 0 2.5 2.5H21V8H3.5M16.5 13.8h.01',
  plus: 'M12 4.5v15M4.5 12h15',
  out: 'M7 17 17 7M8.5 7H17v8.5',
  in: 'M17 7 7 17m8.5 0H7V8.5',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.2 2',
  check: 'm5 12.5 4.7 4.7L19.5 7',
  cross: 'M6 6l12 12M18 6 6 18',
  shield: 'M12 3l7.5 2.8V11c0 5-3.2 8.2-7.5 10-4.3-1.8-7.5-5-7.5-10V5.8zM8.8 11.8l2.4 2.4 4.2-4.4',
  phone:
    'M8 2.8h8a1.5 1.5 0 0 1 1.5 1.5v15.4a1.5 1.5 0 0 1-1.5 1.5H8a1.5 1.5 0 0 1-1.5-1.5V4.3A1.5 1.5 0 0 1 8 2.8zM11 18.2h2',
  card: 'M4.5 5.5h15A1.5 1.5 0 0 1 21 7v10a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17V7a1.5 1.5 0 0 1 1.5-1.5zM3 10h18M7 14.5h3',
  list: 'M8.5 6.5h12M8.5 12h12M8.5 17.5h12M4 6.5h.01M4 12h.01M4 17.5h.01',
  ring: 'M12 3.6v.01M17.9 6.1v.01M20.4 12v.01M17.9 17.9v.01M12 20.4v.01M6.1 17.9v.01M3.6 12v.01M6.1 6.1v.01M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  user: 'M12 12a4.2 4.2 0 1 0 0-8.4 4.2 4.2 0 0 0 0 8.4zM4 20.5c.8-3.6 4-5.5 8-5.5s7.2 1.9 8 5.5',
  leave: 'M14 4H6.5A1.5 1.5 0 0 0 5 5.5v13A1.5 1.5 0 0 0 6.5 20H14M10 12h10m-3.5-3.5L20 12l-3.5 3.5',
  receipt: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9.5 8h5M9.5 12h5',
  message: 'M4 5h16v11.5H10L5.5 20v-3.5H4z',
  warning: 'M12 4 2.8 20h18.4zM12 10v4.5M12 17.3h.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.8h.01',
  back: 'M19 12H5m6-6-6 6 6 6',
  print: 'M7 9V3.5h10V9M7 17H4V9h16v8h-3M7 14h10v6.5H7z',
  download: 'M12 4v11m-4.5-4.5L12 15l4.5-4.5M5 20h14',
} as const;

export type IconName = keyof typeof SHAPES;

interface IconProps {
  readonly name: IconName;
  readonly size?: number;
}

export const Icon = drawnOnce(
  ({ name, size = 24 }: IconProps) => `${name} ${size}`,
  ({ name, size = 24 }) => (
    <svg class="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <path d={SHAPES[name]} />
    </svg>
  ),
);
