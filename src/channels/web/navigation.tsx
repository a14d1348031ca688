/**
 * Is the way between a member's pages: a bar at the thumb on a phone, a line in the head on a wide screen.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import { Icon, type IconName } from './parts/icons.tsx';
import { paths } from './paths.ts';
import { wordsFor } from './words/words.ts';

/** Where one is. */
export type Place = 'wallet' | 'topup' | 'withdraw' | 'history' | 'profile';

const PLACES: readonly (readonly [Place, IconName])[] = [
  ['wallet', 'wallet'],
  ['topup', 'plus'],
  ['withdraw', 'out'],
  ['history', 'list'],
  ['profile', 'user'],
];

export function Navigation({
  active,
  locale,
}: {
  readonly active: Place | undefined;
  readonly locale: Locale;
}) {
  const words = wordsFor(locale).frame;
  return (
    <nav class="places" aria-label={words.mainNavigation}>
      {PLACES.map(([place, icon]) => (
        <a key={place} href={paths[place]} aria-current={place === active ? 'page' : undefined}>
          <Icon name={icon} />
          {words[place]}
        </a>
      ))}
    </nav>
  );
}
