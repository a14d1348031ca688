/**
 * Opens every form of a group: the proof that we drew it, the id that makes a second click the same act, and an unseen
 * first button, because the Enter key presses the first one.
 */
import type { Frame } from '../../layout.tsx';
import { Csrf } from '../../parts/field.tsx';

interface FormHeadProps {
  readonly frame: Frame;
  /** Made when the page is drawn; comes back as `form_id`. */
  readonly formId: string;
  /** What Enter does, where the first button seen would do something else. */
  readonly enter?: string;
}

export function FormHead({ frame, formId, enter }: FormHeadProps) {
  return (
    <>
      {enter === undefined ? null : (
        <button type="submit" class="unseen" tabIndex={-1} aria-hidden="true">
          {enter}
        </button>
      )}
      <Csrf token={frame.csrf} />
      <input type="hidden" name="form_id" value={formId} />
    </>
  );
}
