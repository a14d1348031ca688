/**
 * Shows each fund of a group and where its money is: in wallets, or in somebody's box.
 */
import type { Money } from '../../../../ground/money/money.ts';
import { moneyText } from '../../../../ground/money/money-text.ts';
import type { Frame } from '../../layout.tsx';
import { Amount } from '../../parts/amount.tsx';
import { Facts } from '../../parts/facts.tsx';
import { wordsFor } from '../../words/words.ts';

export interface Fund {
  readonly kind: 'pot' | 'solidarity' | 'guarantee' | 'fines' | 'interest' | 'box';
  readonly total: Money;
  /** The part that is in boxes; absent when none is. */
  readonly inCash?: Money;
  /** Whose box. */
  readonly keeper?: string;
}

export function Funds({ frame, funds }: { readonly frame: Frame; readonly funds: readonly Fund[] }) {
  const words = wordsFor(frame.locale).tontines.funds;
  return (
    <Facts
      facts={funds.map(({ kind, total, inCash, keeper }) => ({
        name: kind === 'box' ? words.box(keeper ?? '') : words[kind],
        value: (
          <>
            <Amount value={total} locale={frame.locale} />
            {inCash === undefined ? null : (
              <small>{words.inCash(moneyText(inCash, 'page', frame.locale))}</small>
            )}
          </>
        ),
      }))}
    />
  );
}
