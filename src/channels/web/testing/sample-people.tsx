/**
 * Draws the console's pages of people: nobody found, somebody who cannot be erased, somebody whose erasure waits.
 */
import { money } from '../../../ground/money/money.ts';
import type { Locale } from '../../../ground/money/money-text.ts';
import { PeoplePage } from '../console/people/list-page.tsx';
import { PersonPage, type PersonPageProps } from '../console/people/person-page.tsx';
import { sampleConsoleFrame } from './sample-console.tsx';
import type { SamplePage } from './sample-pages.tsx';

const AT = new Date('2026-01-05T09:07:00Z');
const PERSON = 'per_01kx0000000000000000000000';
const WAITING = {
  id: 'era_01kx0000000000000000000000',
  by: 'Trésorière',
  reason: 'demandé par lettre du 2 janvier, pièce vue',
  askedAt: AT,
  expiresAt: new Date('2026-01-08T09:07:00Z'),
};

export function peoplePages(locale: Locale, name: string): readonly SamplePage[] {
  const frame = sampleConsoleFrame(locale, name);
  const person: PersonPageProps = {
    frame,
    personId: PERSON,
    nameText: name,
    phoneText: '+225 07 •• •• •• 12',
    country: 'CI',
    since: AT,
    erasedAt: undefined,
    balances: [money(1_254_300n, 'XOF')],
    obstacles: [],
    mayExport: true,
    mayAsk: true,
    mayErase: true,
  };
  const line = { personId: PERSON, nameText: name, by: WAITING.by, expiresAt: WAITING.expiresAt };
  const obstacles =
    locale === 'fr'
      ? [
          'Le portefeuille n’est pas vide, ou une créance est ouverte.',
          'La personne est membre d’une tontine.',
        ]
      : ['The wallet is not empty, or a claim is open.', 'The person is a member of a group.'];
  return [
    { name: 'console-people', page: <PeoplePage frame={frame} sought="07 00 00 00 00" waiting={[line]} /> },
    { name: 'console-person', page: <PersonPage {...person} obstacles={obstacles} /> },
    {
      name: 'console-person-asked',
      page: <PersonPage {...person} balances={[]} request={{ ...WAITING, isOwn: false }} />,
    },
    {
      name: 'console-person-own',
      page: <PersonPage {...person} request={{ ...WAITING, isOwn: true }} mayExport={false} />,
    },
    {
      name: 'console-person-erased',
      page: <PersonPage {...person} nameText={undefined} erasedAt={AT} />,
    },
  ];
}
