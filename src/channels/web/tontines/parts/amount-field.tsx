/**
 * Asks for an amount of francs, always in the same way.
 */
import type { ComponentChildren } from 'preact';
import { Field } from '../../parts/field.tsx';
import type { RefusalText } from '../../parts/notice.tsx';

interface AmountFieldProps {
  readonly name: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value?: string | undefined;
  readonly refusal?: RefusalText | undefined;
  readonly required?: boolean;
  readonly children?: ComponentChildren;
}

export function AmountField({ name, label, hint, value, refusal, required, children }: AmountFieldProps) {
  return (
    <Field
      name={name}
      label={label}
      hint={hint}
      value={value}
      refusal={refusal}
      required={required ?? true}
      inputMode="numeric"
      autoComplete="off"
      maxLength={20}
      large
      grouped
    >
      {children}
    </Field>
  );
}
