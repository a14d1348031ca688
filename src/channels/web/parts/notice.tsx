/**
 * Says something above the content: what was done, what to know, what was refused.
 */
import type { Locale } from '../../../ground/money/money-text.ts';
import { wordsFor } from '../words/words.ts';
import { Icon, type IconName } from './icons.tsx';

export type NoticeKind =
  | 'success' // the thing asked for was done
  | 'info' // worth knowing, nothing to do
  | 'warning' // something could go wrong
  | 'error'; // the thing asked for was not done

export interface Flash {
  readonly kind: NoticeKind;
  readonly text: string;
}

/** A refusal in the reader's language; the code is what an operator searches for. */
export interface RefusalText {
  readonly code: string;
  readonly text: string;
}

const ICONS: Readonly<Record<NoticeKind, IconName>> = {
  success: 'check',
  info: 'info',
  warning: 'warning',
  error: 'cross',
};

interface NoticeProps extends Flash {
  readonly locale: Locale;
  readonly code?: string | undefined;
}

export function Notice({ kind, text, locale, code }: NoticeProps) {
  return (
    <div class={`notice ${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
      <Icon name={ICONS[kind]} />
      <p>
        <strong class="unseen">{`${wordsFor(locale).frame[kind]}. `}</strong>
        {text}
        {code === undefined ? null : <small class="code">{code}</small>}
      </p>
    </div>
  );
}

/** The refusal of a whole form; draws nothing when there is none. */
export function RefusalNotice({
  refusal,
  locale,
}: {
  readonly refusal: RefusalText | undefined;
  readonly locale: Locale;
}) {
  if (refusal === undefined) return null;
  return <Notice kind="error" text={refusal.text} code={refusal.code} locale={locale} />;
}
