/**
 * Is the frame around the pages of the console: its own sections instead of a member's places.
 *
 * On a phone the sections stand below the content, one tap away by the link in the head: whoever is woken by an alarm sees
 * the figures first. On a wide screen they stand beside it.
 */
import type { ComponentChildren } from 'preact';
import { may, type Permission } from '../../../oversight/access/permission.ts';
import type { Role } from '../../../people/role.ts';
import { DemoBanner, type Frame, Head, LanguageLink, type Live, Main } from '../layout.tsx';
import { Mark } from '../parts/logo.tsx';
import { Notice } from '../parts/notice.tsx';
import { paths } from '../paths.ts';
import type { Words } from '../words/fr.ts';
import { wordsFor } from '../words/words.ts';
import { consolePaths } from './console-paths.ts';

/** Where one is in the console. */
export type Section = keyof Words['console']['sections'];

/** What every page of the console is drawn with. */
export interface ConsoleFrame extends Frame {
  readonly roles: readonly Role[];
  /** What waits for somebody, by section. */
  readonly waiting?: Partial<Readonly<Record<Section, number>>>;
}

const SECTIONS: readonly (readonly [Section, string, Permission])[] = [
  ['now', consolePaths.now, 'see'],
  ['alerts', consolePaths.alerts, 'see'],
  ['payments', consolePaths.payments, 'see'],
  ['people', consolePaths.people, 'see'],
  ['reviews', consolePaths.reviews, 'see'],
  ['freezes', consolePaths.freezes, 'see'],
  ['reconciliation', consolePaths.reconciliation, 'see'],
  ['reports', consolePaths.reports, 'see'],
  ['trail', consolePaths.trail, 'see-trail'],
  ['access', consolePaths.access, 'manage-access'],
  ['settings', consolePaths.settings, 'see-settings'],
];

interface ConsoleLayoutProps {
  readonly frame: ConsoleFrame;
  readonly title: string;
  readonly active?: Section;
  readonly live?: Live | undefined;
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

export function ConsoleLayout({ frame, title, active, live, narrow = false, children }: ConsoleLayoutProps) {
  const words = wordsFor(frame.locale);
  return (
    <html lang={frame.locale}>
      <Head
        frame={frame}
        title={`${title} · ${words.console.name}`}
        refreshes={live !== undefined}
        extraCss={frame.assets.consoleCss}
      />
      <body class="office">
        <a class="skip" href="#main">
          {words.frame.skip}
        </a>
        <DemoBanner frame={frame} />
        <header class="top">
          <a class="brand" href={consolePaths.now}>
            <Mark size={32} />
            <span>{words.console.name}</span>
          </a>
          <a class="places-jump" href="#sections">
            {words.console.menu}
          </a>
          <LanguageLink frame={frame} />
        </header>
        <div class="room">
          <Main live={live} narrow={narrow}>
            {frame.flash?.map((flash) => (
              <Notice key={flash.text} kind={flash.kind} text={flash.text} locale={frame.locale} />
            ))}
            {children}
          </Main>
          <Sections frame={frame} active={active} />
        </div>
        {live === undefined ? null : <p class="unseen" role="status" id="spoken" />}
        <footer class="foot">
          <p>{[frame.person?.name, ...rolesText(frame)].filter((text) => text !== undefined).join(' · ')}</p>
          <p>
            <a href={paths.wallet}>{words.console.toWallet}</a>
          </p>
        </footer>
      </body>
    </html>
  );
}

function rolesText(frame: ConsoleFrame): string[] {
  const words = wordsFor(frame.locale).console.roles;
  return frame.roles.flatMap((role) => (role === 'member' ? [] : [words[role]]));
}

function Sections({ frame, active }: { readonly frame: ConsoleFrame; readonly active: Section | undefined }) {
  const words = wordsFor(frame.locale).console;
  const open = SECTIONS.filter(([, , permission]) => may(frame.roles, permission));
  return (
    <nav class="sections" id="sections" aria-label={words.menu}>
      <ul>
        {open.map(([section, href]) => {
          const count = frame.waiting?.[section] ?? 0;
          return (
            <li key={section}>
              <a href={href} aria-current={section === active ? 'page' : undefined}>
                {words.sections[section]}
                {count === 0 ? null : <span class="count">{count}</span>}
              </a>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
