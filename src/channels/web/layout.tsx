/**
 * Is the frame around every page: head, skip link, navigation, messages, foot.
 *
 * A page is one HTML document with one style sheet and one optional script, both external, so that the content
 * security policy can forbid everything inline. Nothing here needs the script: it only adds comfort.
 */
import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Locale } from '../../ground/money/money-text.ts';
import { Navigation, type Place, ProfileLink } from './navigation.tsx';
import { Mark } from './parts/logo.tsx';
import { type Flash, Notice } from './parts/notice.tsx';
import { paths } from './paths.ts';
import { wordsFor } from './words/words.ts';

/** What is the same for every page of one request; the door makes it once. */
export interface Frame {
  readonly locale: Locale;
  readonly assets: AssetPaths;
  /** Who is signed in; absent on public pages. */
  readonly person?: { readonly name: string; readonly roleWord?: string };
  readonly flash?: readonly Flash[];
  /** Present in demo mode: where the text messages and the simulated phone can be read. */
  readonly demo?: { readonly smsUrl: string; readonly phoneUrl: string };
  /** The token that every POST form repeats as `_csrf`. */
  readonly csrf?: string;
  /** Where dates are read; Abidjan (UTC) when absent. */
  readonly timeZone?: string;
  /** This page in the other language; `?lang=…` on the same address when absent. */
  readonly languageHref?: string;
}

export interface AssetPaths {
  readonly css: string;
  /** The second sheet, for the pages of groups only: nobody else pays for its bytes. */
  readonly tontinesCss: string;
  /** What only the console adds to the look. */
  readonly consoleCss: string;
  readonly js: string;
  readonly icon: string;
}

/** Tells the script to read `url` from time to time, and to replace the content when its version differs. */
export interface Live {
  readonly url: string;
  readonly version: string;
  /** Where the server itself says that there is something new. */
  readonly feed?: string;
}

interface LayoutProps {
  readonly frame: Frame;
  readonly title: string;
  readonly active?: Place;
  /** True for pages that need the sheet of groups. */
  readonly ofGroup?: boolean;
  /** A page that watches something; also refreshes every 5 s where no script runs. */
  readonly live?: Live | undefined;
  /** Keeps the content as narrow as a form. */
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

/** The whole document as text, ready to send as `text/html; charset=utf-8`. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}

/** Only the content of a page, for the script that watches it. */
export function renderFragment(main: VNode): string {
  return renderToString(main);
}

export function Layout({ frame, title, active, live, narrow = false, ofGroup, children }: LayoutProps) {
  const words = wordsFor(frame.locale).frame;
  return (
    <html lang={frame.locale}>
      <Head
        frame={frame}
        title={title}
        refreshes={live !== undefined}
        extraCss={ofGroup ? frame.assets.tontinesCss : undefined}
      />
      <body class={frame.person ? 'signed-in' : undefined}>
        <a class="skip" href="#main">
          {words.skip}
        </a>
        <DemoBanner frame={frame} />
        <header class="top">
          <a class="brand" href={frame.person ? paths.wallet : paths.home}>
            <Mark size={32} />
            <span>Tontine Pro</span>
          </a>
          {frame.person ? <Navigation active={active} locale={frame.locale} /> : null}
          <LanguageLink frame={frame} />
          {frame.person ? <ProfileLink active={active} locale={frame.locale} /> : null}
        </header>
        <Main live={live} narrow={narrow}>
          {frame.flash?.map((flash) => (
            <Notice key={flash.text} kind={flash.kind} text={flash.text} locale={frame.locale} />
          ))}
          {children}
        </Main>
        {live === undefined ? null : <p class="unseen" role="status" id="spoken" />}
        <footer class="foot">
          <p>{words.promise}</p>
          {frame.person ? (
            <p>
              {frame.person.name}
              {frame.person.roleWord === undefined ? '' : ` · ${frame.person.roleWord}`}
            </p>
          ) : null}
        </footer>
      </body>
    </html>
  );
}

interface MainProps {
  readonly live?: Live | undefined;
  readonly narrow?: boolean;
  readonly children: ComponentChildren;
}

/** Takes the focus when the first link of a page skips to it: the next stop of the keyboard is then in the content. */
export function Main({ live, narrow = false, children }: MainProps) {
  return (
    <main
      id="main"
      tabIndex={-1}
      class={narrow ? 'narrow' : undefined}
      data-live={live?.url}
      data-version={live?.version}
      data-feed={live?.feed}
    >
      {children}
    </main>
  );
}

interface HeadProps {
  readonly frame: Frame;
  readonly title: string;
  readonly refreshes: boolean;
  /** A second style sheet. */
  readonly extraCss?: string | undefined;
}

export function Head({ frame, title, refreshes, extraCss }: HeadProps) {
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <meta name="theme-color" content="#0e5a48" media="(prefers-color-scheme:light)" />
      <meta name="theme-color" content="#0f1613" media="(prefers-color-scheme:dark)" />
      <title>{`${title} · Tontine Pro`}</title>
      <link rel="stylesheet" href={frame.assets.css} />
      {extraCss === undefined ? null : <link rel="stylesheet" href={extraCss} />}
      <link rel="icon" href={frame.assets.icon} type="image/svg+xml" />
      <script src={frame.assets.js} defer />
      {refreshes ? (
        <noscript>
          <meta http-equiv="refresh" content="5" />
        </noscript>
      ) : null}
    </head>
  );
}

export function LanguageLink({ frame }: { readonly frame: Frame }) {
  const other: Locale = frame.locale === 'fr' ? 'en' : 'fr';
  return (
    <a class="language" href={frame.languageHref ?? `?lang=${other}`} lang={other} hreflang={other}>
      {wordsFor(frame.locale).frame.otherLanguage}
    </a>
  );
}

export function DemoBanner({ frame }: { readonly frame: Frame }) {
  if (frame.demo === undefined) return null;
  const words = wordsFor(frame.locale).frame;
  return (
    <aside class="demo" aria-label={words.demoBanner}>
      <span>{words.demoBanner}</span> <a href={frame.demo.smsUrl}>{words.demoSms}</a>{' '}
      <a href={frame.demo.phoneUrl}>{words.demoPhone}</a>
    </aside>
  );
}
