/**
 * Draws one labelled field of several lines, with its hint and its refusal, tied together for screen readers.
 */
import { FieldRefusal } from './field.tsx';
import type { RefusalText } from './notice.tsx';

interface TextAreaFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint: string;
  readonly value?: string | undefined;
  readonly refusal?: RefusalText | undefined;
  readonly maxLength: number;
}

export function TextAreaField({ name, label, hint, value, refusal, maxLength }: TextAreaFieldProps) {
  const id = `f-${name}`;
  const described = refusal === undefined ? `${id}-hint` : `${id}-hint ${id}-refusal`;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <p class="hint" id={`${id}-hint`}>
        {hint}
      </p>
      <textarea
        id={id}
        name={name}
        rows={3}
        maxLength={maxLength}
        autoComplete="off"
        aria-invalid={refusal === undefined ? undefined : 'true'}
        aria-describedby={described}
      >
        {value}
      </textarea>
      <FieldRefusal id={`${id}-refusal`} refusal={refusal} />
    </div>
  );
}
