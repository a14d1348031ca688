/**
 * Asks for the code that the payer draws from the operator's menu, and says where to find it.
 */
import type { Frame } from '../layout.tsx';
import { Field } from '../parts/field.tsx';
import type { RefusalText } from '../parts/notice.tsx';
import { wordsFor } from '../words/words.ts';

interface OtpFieldProps {
  readonly frame: Frame;
  /** The method's name, for the sentence. */
  readonly method: string;
  readonly menu?: string | undefined;
  readonly refusal?: RefusalText | undefined;
}

export function OtpField({ frame, method, menu, refusal }: OtpFieldProps) {
  const words = wordsFor(frame.locale).confirm;
  return (
    <section class="otp" aria-labelledby="otp-title">
      <h2 id="otp-title">{words.otpTitle}</h2>
      <p>{menu === undefined ? words.otpMenu(method) : words.otpDial(menu)}</p>
      <Field
        name="otp"
        inputMode="numeric"
        autoComplete="off"
        label={words.otp}
        hint={words.otpPrivate}
        refusal={refusal}
        maxLength={8}
        large
      />
    </section>
  );
}
