/**
 * Lists facts as name and value: the lines of a receipt, of a confirmation, of a check.
 */
import type { ComponentChildren } from 'preact';

export interface Fact {
  readonly name: string;
  readonly value: ComponentChildren;
  /** The line that the reader came for. */
  readonly strong?: boolean;
}

/** Leaves out what is not known: an empty line on a receipt looks like something hidden. */
export function Facts({ facts }: { readonly facts: readonly (Fact | undefined)[] }) {
  return (
    <dl class="facts">
      {facts
        .filter((fact) => fact !== undefined)
        .map((fact) => (
          <div key={fact.name} class={fact.strong ? 'strong' : undefined}>
            <dt>{fact.name}</dt>
            <dd>{fact.value}</dd>
          </div>
        ))}
    </dl>
  );
}

/** A reference that can be selected, read out, and copied where a script runs. */
export function Reference({
  text,
  copy,
  copied,
}: {
  readonly text: string;
  readonly copy: string;
  readonly copied: string;
}) {
  return (
    <span class="reference">
      <code>{text}</code>
      <button type="button" class="small" data-copy={text} data-copied={copied} hidden>
        {copy}
      </button>
    </span>
  );
}
