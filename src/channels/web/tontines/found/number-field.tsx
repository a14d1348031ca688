/**
 * Asks for a small whole number or a rate, always in the same way.
 */
import { Field } from '../../parts/field.tsx';
import type { DraftProps } from './page.tsx';
import type { DraftField } from './rules-draft.ts';

interface NumberFieldProps extends DraftProps {
  readonly name: DraftField;
  readonly label: string;
  readonly hint?: string | undefined;
  /** True for a rate, which may have decimals. */
  readonly decimal?: boolean;
}

export function NumberField({ name, label, hint, decimal, values, refusals }: NumberFieldProps) {
  return (
    <Field
      name={name}
      inputMode={decimal ? 'decimal' : 'numeric'}
      autoComplete="off"
      label={label}
      hint={hint}
      value={values[name]}
      refusal={refusals?.[name]}
      maxLength={decimal ? 20 : 4}
      required={false}
    />
  );
}

/** True when something inside is refused: what is closed is not found. */
export function isRefused({ refusals }: DraftProps, fields: readonly DraftField[]): boolean {
  return fields.some((field) => refusals?.[field] !== undefined);
}
