/**
 * Asks for the bounds of an auction: without them a turn could be sold for next to nothing, or for almost all of it.
 */
import { wordsFor } from '../../words/words.ts';
import { AmountField } from '../parts/amount-field.tsx';
import { isRefused, NumberField } from './number-field.tsx';
import type { DraftProps } from './page.tsx';

const RATES = ['auction_least', 'auction_most', 'auction_commission'] as const;

export function AuctionFields(props: DraftProps) {
  const { frame, values, refusals } = props;
  const words = wordsFor(frame.locale).tontines.found;
  const isAuction = values.order?.startsWith('auction') ?? false;
  return (
    <details open={isAuction || isRefused(props, [...RATES, 'auction_step'])}>
      <summary>{words.auction}</summary>
      {RATES.map((name) => (
        <NumberField key={name} {...props} name={name} label={words.auctionRates[name]} decimal />
      ))}
      <AmountField
        name="auction_step"
        label={words.auctionStep}
        value={values.auction_step}
        refusal={refusals?.auction_step}
        required={false}
      />
    </details>
  );
}
