/**
 * Is the frame around every page of the simulator, and what all pages share.
 *
 * The pages are plain HTML without script: they must work wherever the product does, on the cheapest browser.
 */
import type { FastifyReply } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import { render } from 'preact-render-to-string';
import type { Locale } from '../../../ground/money/money-text.ts';
import type { TransactionState } from '../transaction.ts';
import { type Words, wordsFor } from './words.ts';

/** In which language and on which page somebody is. */
export interface View {
  readonly locale: Locale;
  /** Path and query of the page, to come back to after the language was changed. */
  readonly here: string;
}

interface LayoutProps {
  readonly view: View;
  readonly heading: string;
  /** The page asks for itself again after so many seconds. */
  readonly refresh_s?: number | undefined;
  readonly children: ComponentChildren;
}

export function Layout({ view, heading, refresh_s, children }: LayoutProps): VNode {
  const words = wordsFor(view.locale);
  const other = view.locale === 'fr' ? 'en' : 'fr';
  return (
    <html lang={view.locale}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {refresh_s !== undefined && <meta http-equiv="refresh" content={String(refresh_s)} />}
        <title>{`${heading} · ${words.title}`}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        <header>
          <p class="sign">{words.noRealMoney}</p>
          <nav>
            <a href="/">{words.home}</a>
            <a href="/phone/">{words.phone}</a>
            <a href="/books/">{words.books}</a>
            <a
              href={`/language/?to=${other}&back=${encodeURIComponent(view.here)}`}
              hreflang={other}
              lang={other}
            >
              {words.otherLanguage}
            </a>
          </nav>
        </header>
        <main>
          <h1>{heading}</h1>
          {children}
        </main>
      </body>
    </html>
  );
}

const SHAPES: Readonly<Record<TransactionState, string>> = {
  pending: '◔',
  success: '✓',
  failed: '✕',
  expired: '○',
  reversed: '↩',
};

/** A state as a word and a shape. */
export function StateMark({
  state,
  names,
}: {
  readonly state: TransactionState;
  readonly names: Words['states'];
}): VNode {
  return (
    <span class={`state ${state}`}>
      <span aria-hidden="true">{SHAPES[state]}</span> {names[state]}
    </span>
  );
}

/** Date and time in Abidjan. */
export function timeText(instant: Date, locale: Locale): string {
  return new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Africa/Abidjan',
  }).format(instant);
}

export async function sendPage(reply: FastifyReply, page: VNode, status = 200): Promise<FastifyReply> {
  return await reply
    .code(status)
    .type('text/html')
    .send(`<!doctype html>${render(page)}`);
}

export function NotFoundPage({ view }: { readonly view: View }): VNode {
  const words = wordsFor(view.locale);
  return (
    <Layout view={view} heading={words.notFoundTitle}>
      <p>{words.notFound}</p>
    </Layout>
  );
}
