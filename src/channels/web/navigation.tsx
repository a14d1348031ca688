/**
 * Is the way between a member's pages: a bar at the thumb on a phone, a line in the head on a wide screen.
 */
import type { Locale } from '../../ground/money/money-text.ts';
import { drawnOnce } from './parts/drawn-once.ts';
import { Icon, type IconName } from './parts/icons.tsx';
import { paths } from './paths.ts';
import { wordsFor } from './words/words.ts';

/** Where one is. The profile is opened from the head: five places are what a thumb finds on 320 pixels. */
export type Place = 'wallet' | 'tontines' | 'topup' | 'withdraw' | 'history' | 'profile';

const PLACES: readonly (readonly [Place, IconName])[] = [
  ['wallet', 'wallet'],
  ['tontines', 'ring'],
  ['topup', 'plus'],
  ['withdraw', 'out'],
  ['history', 'list'],
];

interface WayProps {
  readonly active: Place | undefined;
  readonly locale: Locale;
}

function nameOf({ active, locale }: WayProps): string {
  return `${active ?? 'nowhere'} ${locale}`;
}

export const Navigation = drawnOnce(nameOf, ({ active, locale }) => {
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
});

/** The way to one's own name, language and PIN, in the head of every page. */
export const ProfileLink = drawnOnce(nameOf, ({ active, locale }) => (
  <a class="self" href={paths.profile} aria-current={active === 'profile' ? 'page' : undefined}>
    <Icon name="user" />
    <span class="unseen">{wordsFor(locale).frame.profile}</span>
  </a>
));
