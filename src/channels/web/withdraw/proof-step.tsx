/**
 * Asks for the one proof that is missing before a withdrawal may leave: a code, a PIN to be chosen, or the PIN.
 */
import { moneyText } from '../../../ground/money/money-text.ts';
import { Csrf, Field } from '../parts/field.tsx';
import { Icon } from '../parts/icons.tsx';
import { paths } from '../paths.ts';
import { formatTime, wordsFor } from '../words/words.ts';
import type { WithdrawConfirmPageProps } from './confirm-page.tsx';

export function ProofStep(props: WithdrawConfirmPageProps) {
  switch (props.proof) {
    case 'code':
      return <CodeStep {...props} />;
    case 'no-pin':
      return <ChoosePin {...props} />;
    case 'pin':
      return <PinStep {...props} />;
  }
}

function CodeStep({ frame, paymentId, phoneText, ownPhoneText, refusals }: WithdrawConfirmPageProps) {
  const words = wordsFor(frame.locale).withdrawConfirm;
  return (
    <section class="otp" aria-labelledby="new-number">
      <h2 id="new-number">{words.newTitle}</h2>
      <p>{words.newText(phoneText)}</p>
      <p>{words.codeSent(ownPhoneText)}</p>
      <form method="post" action={paths.withdrawalCode(paymentId)}>
        <Csrf token={frame.csrf} />
        <Field
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          label={words.code}
          hint={words.codePrivate}
          refusal={refusals?.code}
          maxLength={12}
          large
        />
        <button type="submit" class="primary">
          {words.allow}
        </button>
      </form>
      <form method="post" action={paths.withdrawalCode(paymentId)}>
        <Csrf token={frame.csrf} />
        <p class="hint">{words.noSms}</p>
        <button type="submit" name="resend" value="1">
          {words.resend}
        </button>
      </form>
    </section>
  );
}

function ChoosePin({ frame, paymentId }: WithdrawConfirmPageProps) {
  const words = wordsFor(frame.locale).withdrawConfirm;
  const back = encodeURIComponent(paths.withdrawalConfirm(paymentId));
  return (
    <section class="otp" aria-labelledby="no-pin">
      <h2 id="no-pin">{words.noPinTitle}</h2>
      <p>{words.noPinText}</p>
      <p>
        <a class="button primary" href={`${paths.profile}?next=${back}`}>
          {words.choosePin}
        </a>
      </p>
    </section>
  );
}

function PinStep({ frame, paymentId, amount, expiresAt, refusals }: WithdrawConfirmPageProps) {
  const words = wordsFor(frame.locale).withdrawConfirm;
  return (
    <form method="post" action={paths.withdrawalConfirm(paymentId)}>
      <Csrf token={frame.csrf} />
      <Field
        name="pin"
        type="password"
        inputMode="numeric"
        autoComplete="current-password"
        label={words.pin}
        hint={words.pinHint}
        refusal={refusals?.pin}
        maxLength={12}
        large
      />
      <button type="submit" class="primary">
        {words.confirm(moneyText(amount, 'page', frame.locale))}
      </button>
      <p class="hint with-icon">
        <Icon name="clock" size={20} />
        {words.until(formatTime(expiresAt, frame.locale, frame.timeZone))}
      </p>
    </form>
  );
}
