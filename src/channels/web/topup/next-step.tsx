/**
 * Says the one thing to do next for a deposit in each of its faces, and gives the button for it.
 */
import { Csrf } from '../parts/field.tsx';
import { paths } from '../paths.ts';
import { formatTime, wordsFor } from '../words/words.ts';
import { OtpField } from './otp-field.tsx';
import type { TopupStatusPageProps } from './status-page.tsx';

export function NextStep(props: TopupStatusPageProps) {
  switch (props.face) {
    case 'preparing':
      return <Waiting {...props} />;
    case 'approval':
      return <ApproveSteps {...props} />;
    case 'verifying':
      return <Doubt {...props} />;
    case 'otp':
      return <OtpForm {...props} />;
    case 'card':
      return <CardButton {...props} />;
    case 'succeeded':
    case 'reversed':
    case 'review':
      return <Done {...props} />;
    case 'failed':
    case 'expired':
      return <Again {...props} />;
  }
}

function ApproveSteps(props: TopupStatusPageProps) {
  const { frame, method, phoneText, expiresAt } = props;
  const all = wordsFor(frame.locale);
  const words = all.progress;
  const open = method === 'wave' ? words.stepWave(phoneText) : words.stepPush(all.methods[method], phoneText);
  return (
    <>
      <h2 class="unseen">{words.stepsTitle}</h2>
      <ol class="steps">
        <li>{open}</li>
        <li>{words.stepApprove}</li>
        <li>{words.stepReturn}</li>
      </ol>
      {expiresAt === undefined ? null : (
        <p>{words.until(formatTime(expiresAt, frame.locale, frame.timeZone))}</p>
      )}
      <Waiting {...props} />
    </>
  );
}

function Waiting({ frame, paymentId }: TopupStatusPageProps) {
  const words = wordsFor(frame.locale).progress;
  return (
    <>
      <p class="hint">{words.mayClose}</p>
      <p class="unless-script">
        <a class="button" href={paths.deposit(paymentId)}>
          {words.refresh}
        </a>
      </p>
    </>
  );
}

function Doubt(props: TopupStatusPageProps) {
  const words = wordsFor(props.frame.locale).progress;
  return (
    <>
      <p class="doubt">
        <strong>{words.dontPayTwice}</strong> {words.dontPayTwiceWhy}
      </p>
      <Waiting {...props} />
    </>
  );
}

function OtpForm({ frame, paymentId, method, otp }: TopupStatusPageProps) {
  const words = wordsFor(frame.locale);
  return (
    <form method="post" action={paths.depositOtp(paymentId)}>
      <Csrf token={frame.csrf} />
      <OtpField frame={frame} method={words.methods[method]} menu={otp?.menu} refusal={otp?.refusal} />
      <button type="submit" class="primary">
        {words.progress.sendOtp}
      </button>
    </form>
  );
}

function CardButton(props: TopupStatusPageProps) {
  const words = wordsFor(props.frame.locale).progress;
  return (
    <>
      {props.redirectUrl === undefined ? null : (
        <a class="button primary" href={props.redirectUrl} rel="noreferrer">
          {words.toCard}
        </a>
      )}
      <Waiting {...props} />
    </>
  );
}

function Done({ frame, paymentId, face }: TopupStatusPageProps) {
  const words = wordsFor(frame.locale).progress;
  return (
    <p class="actions">
      <a class="button primary" href={paths.wallet}>
        {words.toWallet}
      </a>
      {face === 'review' ? null : (
        <a class="button" href={paths.receipt(paymentId)}>
          {words.receipt}
        </a>
      )}
    </p>
  );
}

function Again({ frame }: TopupStatusPageProps) {
  const words = wordsFor(frame.locale).progress;
  return (
    <p class="actions">
      <a class="button primary" href={paths.topup}>
        {words.again}
      </a>
      <a class="button" href={paths.wallet}>
        {words.toWallet}
      </a>
    </p>
  );
}
