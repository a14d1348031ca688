/**
 * Draws a round as the mark of the product does: people in a ring around the pot, those who paid filled in, the one
 * who receives in gold.
 *
 * It is one path for all who paid and one for all who did not, whatever the number of people, so that it stays small;
 * the words beside it say the same, so it is hidden from those who listen.
 */
export interface Place {
  readonly hasPaid: boolean;
  /** Receives the pot of this round. */
  readonly receives: boolean;
}

interface RoundRingProps {
  readonly places: readonly Place[];
}

const SIDE = 100;
const RADIUS = 43;

export function RoundRing({ places }: RoundRingProps) {
  // Between two people stands at least half a person.
  const size = Math.min(6, (Math.PI * RADIUS) / Math.max(places.length, 1) / 1.5);
  const spots = places.map((place, position) => ({ ...place, ...spotOf(position, places.length) }));
  const path = (wanted: (place: Place) => boolean, radius: number) =>
    spots
      .filter(wanted)
      .map((spot) => disc(spot.x, spot.y, radius))
      .join('');
  const hollow = Math.max(size - 1.6, 0.5);
  return (
    <svg class="ring" viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
      <path class="turn" d={path((spot) => spot.receives, size + 1.5)} />
      <path d={path((spot) => spot.hasPaid && !spot.receives, size)} />
      <path class="hollow" d={path((spot) => !spot.hasPaid, hollow)} />
      <path d={POT} />
    </svg>
  );
}

const POT =
  'M38 36h24a3 3 0 0 1 0 6H38a3 3 0 0 1 0-6zM40 45h20c6 2.4 9.5 7 9.5 12 0 7.4-8 12-19.5 12s-19.5-4.6-19.5-12c0-5 3.5-9.6 9.5-12z';

function spotOf(position: number, count: number): { readonly x: number; readonly y: number } {
  const angle = (2 * Math.PI * position) / count - Math.PI / 2;
  return { x: SIDE / 2 + RADIUS * Math.cos(angle), y: SIDE / 2 + RADIUS * Math.sin(angle) };
}

function disc(x: number, y: number, radius: number): string {
  const r = short(radius);
  return `M${short(x - radius)} ${short(y)}a${r} ${r} 0 1 0 ${short(2 * radius)} 0a${r} ${r} 0 1 0 ${short(-2 * radius)} 0`;
}

function short(length: number): string {
  return String(Math.round(length * 10) / 10);
}
