/**
 * Draws one labelled field with its hint and its refusal, tied together for screen readers.
 *
 * Every form uses it: a refusal that is only red, or far from its field, is not found by someone who listens.
 */
import type { ComponentChildren } from 'preact';
import type { RefusalText } from './notice.tsx';

interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: 'text' | 'tel' | 'password' | 'date' | 'time';
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly refusal?: RefusalText | undefined;
  readonly inputMode?: 'numeric' | 'decimal' | 'tel' | 'text';
  readonly autoComplete: string;
  readonly maxLength?: number;
  readonly required?: boolean;
  /** Larger digits: codes and amounts. */
  readonly large?: boolean;
  /** The comfort script groups the digits by thousands. */
  readonly grouped?: boolean;
  readonly children?: ComponentChildren;
}

export function Field(props: FieldProps) {
  const id = `f-${props.name}`;
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {props.hint}
        </p>
      )}
      <Input {...props} id={id} />
      <FieldRefusal id={`${id}-refusal`} refusal={props.refusal} />
      {props.children}
    </div>
  );
}

function Input(props: FieldProps & { readonly id: string }) {
  const { id, type = 'text' } = props;
  const described = [
    ...(props.hint === undefined ? [] : [`${id}-hint`]),
    ...(props.refusal === undefined ? [] : [`${id}-refusal`]),
  ];
  const attributes = {
    id,
    name: props.name,
    value: props.value,
    class: props.large ? 'large' : undefined,
    inputMode: props.inputMode,
    autoComplete: props.autoComplete,
    maxLength: props.maxLength,
    required: props.required ?? true,
    'data-grouped': props.grouped ? '' : undefined,
    'aria-invalid': props.refusal === undefined ? undefined : ('true' as const),
    'aria-describedby': described.length === 0 ? undefined : described.join(' '),
  };
  switch (type) {
    case 'password':
      return <input type="password" {...attributes} />;
    case 'tel':
      return <input type="tel" {...attributes} />;
    case 'date':
      return <input type="date" {...attributes} />;
    case 'time':
      return <input type="time" {...attributes} />;
    case 'text':
      return <input type="text" {...attributes} />;
  }
}

export function FieldRefusal({
  id,
  refusal,
}: {
  readonly id: string;
  readonly refusal: RefusalText | undefined;
}) {
  if (refusal === undefined) return null;
  return (
    <p class="refusal" id={id}>
      {refusal.text}
    </p>
  );
}

/** The hidden token that proves that a form was drawn by us. */
export function Csrf({ token }: { readonly token: string | undefined }) {
  return token === undefined ? null : <input type="hidden" name="_csrf" value={token} />;
}
