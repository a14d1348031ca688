/**
 * Lists what moved in the wallet, with its sign and the balance that it left.
 */
import type { Money } from '../../../ground/money/money.ts';
import { moneyText } from '../../../ground/money/money-text.ts';
import type { Method } from '../../../rails/provider.ts';
import type { Frame } from '../layout.tsx';
import { Amount, When } from '../parts/amount.tsx';
import { Empty } from '../parts/empty.tsx';
import { Icon } from '../parts/icons.tsx';
import { paths } from '../paths.ts';
import { wordsFor } from '../words/words.ts';

export type MovementKind =
  | 'deposit' // money that came in from outside
  | 'reversal' // a deposit that the provider took back
  | 'withdrawal' // money that reached a number outside
  | 'fee' // what the host took for a withdrawal
  | 'giveBack' // a withdrawal that had arrived and came back
  | 'contribution' // money that went into a tontine
  | 'pot' // a pot, or a part of it, received
  | 'aid' // help of a solidarity fund
  | 'groupBack' // what a tontine gave back: a guarantee, a credit, a refund
  | 'shareOut' // a part of a tontine's common fund
  | 'exchange' // notes of a box that its keeper kept and paid for
  | 'share' // a place in a tontine that was handed on for its price
  | 'correction'; // an error in the books, put right by a further entry

export interface Movement {
  readonly id: string;
  readonly kind: MovementKind;
  readonly at: Date;
  /** Positive for money that came in, negative for money that left. */
  readonly amount: Money;
  /** The wallet's balance just after. */
  readonly balanceAfter?: Money;
  readonly method?: Method;
  /** Where the proof is. */
  readonly href?: string;
}

export function Movements({
  frame,
  movements,
}: {
  readonly frame: Frame;
  readonly movements: readonly Movement[];
}) {
  const words = wordsFor(frame.locale).wallet;
  return (
    <section class="card" aria-labelledby="movements">
      <h2 id="movements">{words.movementsTitle}</h2>
      {movements.length === 0 ? (
        <Empty icon="list" title={words.emptyTitle} text={words.empty} />
      ) : (
        <>
          <ul class="lines">
            {movements.map((movement) => (
              <li key={movement.id}>
                <OneMovement frame={frame} movement={movement} />
              </li>
            ))}
          </ul>
          <a class="more" href={paths.history}>
            {words.all}
          </a>
        </>
      )}
    </section>
  );
}

function OneMovement({ frame, movement }: { readonly frame: Frame; readonly movement: Movement }) {
  const words = wordsFor(frame.locale);
  const { method, balanceAfter } = movement;
  const content = (
    <>
      <span class={movement.amount.amount < 0n ? 'arrow out' : 'arrow'}>
        <Icon name={movement.amount.amount < 0n ? 'out' : 'in'} size={20} />
      </span>
      <span>
        <strong>
          {words.wallet.movement[movement.kind]}
          {method === undefined ? '' : ` · ${words.methods[method]}`}
        </strong>
        <small>
          <When instant={movement.at} locale={frame.locale} timeZone={frame.timeZone} />
        </small>
      </span>
      <span class="figures">
        <Amount value={movement.amount} locale={frame.locale} signed />
        {balanceAfter === undefined ? null : (
          <small>{words.wallet.balanceAfter(moneyText(balanceAfter, 'page', frame.locale))}</small>
        )}
      </span>
    </>
  );
  if (movement.href === undefined) return <div class="line">{content}</div>;
  return (
    <a class="line" href={movement.href}>
      {content}
    </a>
  );
}
