/**
 * Shows how far something has come as a bar; the sentence beside it says the same.
 *
 * The width is an attribute of a drawing and not a style: the content policy allows no inline style.
 */
interface MeterProps {
  readonly part: bigint;
  readonly whole: bigint;
}

export function Meter({ part, whole }: MeterProps) {
  const width = whole <= 0n || part >= whole ? 100 : part <= 0n ? 0 : Number((part * 100n) / whole);
  return (
    <svg class="meter" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true">
      <path class="rest" d="M0 0h100v3H0z" />
      <path d={`M0 0h${width}v3H0z`} />
    </svg>
  );
}
