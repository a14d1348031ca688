/**
 * Says the one thing to know or to do for a withdrawal in each of its faces, and gives the button for it.
 */
import { moneyText } from '../../../ground/money/money-text.ts';
import { Csrf } from '../parts/field.tsx';
import { paths } from '../paths.ts';
import { formatDateTime, wordsFor } from '../words/words.ts';
import type { WithdrawStatusPageProps } from './status-page.tsx';

export function PayoutStep(props: WithdrawStatusPageProps) {
  switch (props.face) {
    case 'held':
      return <Held {...props} />;
    case 'queued':
    case 'sending':
      return <Waiting {...props} />;
    case 'card':
    case 'sent':
    case 'checked':
      return <Awaited {...props} />;
    case 'arrived':
    case 'returned':
      return <Done {...props} />;
    case 'refused':
    case 'cancelled':
      return <Back {...props} />;
  }
}

function Held(props: WithdrawStatusPageProps) {
  const { frame, held } = props;
  const words = wordsFor(frame.locale);
  return (
    <>
      {held === undefined ? null : (
        <p class="doubt">
          <strong>{words.payout.leavesAt(formatDateTime(held.until, frame.locale, frame.timeZone))}</strong>{' '}
          {words.holdReasons[held.because]}
        </p>
      )}
      <p>{words.payout.notYou}</p>
      <Waiting {...props} />
    </>
  );
}

/** The button is gone as soon as something was sent; the act behind it looks again. */
function Waiting(props: WithdrawStatusPageProps) {
  const { frame, paymentId } = props;
  const words = wordsFor(frame.locale).payout;
  return (
    <>
      {props.mayCancel === true ? (
        <form method="post" action={paths.withdrawalCancel(paymentId)}>
          <Csrf token={frame.csrf} />
          <button type="submit">{words.cancel}</button>
        </form>
      ) : null}
      <p class="hint">{words.mayClose}</p>
      <p class="unless-script">
        <a class="button" href={paths.withdrawal(paymentId)}>
          {words.refresh}
        </a>
      </p>
    </>
  );
}

function Awaited(props: WithdrawStatusPageProps) {
  const words = wordsFor(props.frame.locale).payout;
  return (
    <>
      {props.redirectUrl === undefined ? null : (
        <a class="button primary" href={props.redirectUrl} rel="noreferrer">
          {words.toHosted}
        </a>
      )}
      <p class="doubt">
        <strong>{words.dontRepeat}</strong> {words.dontRepeatWhy}
      </p>
      {props.peopleLook === true ? <p>{words.peopleLook}</p> : null}
      <Waiting {...props} />
    </>
  );
}

function Done({ frame, paymentId, owed = false, amount }: WithdrawStatusPageProps) {
  const words = wordsFor(frame.locale).payout;
  return (
    <>
      {owed ? <p class="doubt">{words.owed(moneyText(amount, 'page', frame.locale))}</p> : null}
      <p class="actions">
        <a class="button primary" href={paths.wallet}>
          {words.toWallet}
        </a>
        <a class="button" href={paths.receipt(paymentId)}>
          {words.receipt}
        </a>
      </p>
    </>
  );
}

function Back({ frame, reason }: WithdrawStatusPageProps) {
  const words = wordsFor(frame.locale);
  return (
    <>
      {reason === undefined ? null : (
        <p class="reason">
          <strong>{`${words.progress.reason} `}</strong>
          {reason.text}
        </p>
      )}
      <p class="actions">
        <a class="button primary" href={paths.wallet}>
          {words.payout.toWallet}
        </a>
        <a class="button" href={paths.withdraw}>
          {words.payout.again}
        </a>
      </p>
    </>
  );
}
