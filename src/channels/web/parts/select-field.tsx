/**
 * Draws one labelled choice from a list, with its hint and its refusal, tied together for screen readers.
 */
import { FieldRefusal } from './field.tsx';
import type { RefusalText } from './notice.tsx';

export interface Option {
  readonly value: string;
  readonly text: string;
}

interface SelectFieldProps {
  readonly name: string;
  readonly label: string;
  readonly options: readonly Option[];
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly refusal?: RefusalText | undefined;
}

export function SelectField({ name, label, options, value, hint, refusal }: SelectFieldProps) {
  const id = `f-${name}`;
  const described = [
    ...(hint === undefined ? [] : [`${id}-hint`]),
    ...(refusal === undefined ? [] : [`${id}-refusal`]),
  ];
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <select
        id={id}
        name={name}
        aria-invalid={refusal === undefined ? undefined : 'true'}
        aria-describedby={described.length === 0 ? undefined : described.join(' ')}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.text}
          </option>
        ))}
      </select>
      <FieldRefusal id={`${id}-refusal`} refusal={refusal} />
    </div>
  );
}
