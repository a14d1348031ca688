/**
 * Shows what this member was told last: receipts, fines, turns that changed, cash that waits for their word.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { NoticeKind } from '../../../../tontine/members/member-notice.rows.ts';
import type { Frame } from '../../layout.tsx';
import { When } from '../../parts/amount.tsx';
import { Icon } from '../../parts/icons.tsx';
import { wordsFor } from '../../words/words.ts';

export interface MemberNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly amount?: Money;
  readonly at: Date;
  /** Where one sees more of it, or answers. */
  readonly href: string;
}

export function Notices({
  frame,
  notices,
}: {
  readonly frame: Frame;
  readonly notices: readonly MemberNotice[];
}) {
  const words = wordsFor(frame.locale).tontines.notices;
  if (notices.length === 0) return null;
  return (
    <section class="card" aria-labelledby="notices">
      <h2 id="notices" class="with-icon">
        <Icon name="message" />
        {words.title}
      </h2>
      <ul class="lines">
        {notices.map(({ id, kind, amount, at, href }) => (
          <li key={id}>
            <a class="line" href={href}>
              <span>
                {words.kinds[kind]}
                {amount === undefined ? '' : ` · ${moneyText(amount, 'page', frame.locale)}`}
                <small>
                  <When instant={at} locale={frame.locale} timeZone={frame.timeZone} />
                </small>
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
