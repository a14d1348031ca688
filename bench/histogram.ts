/**
 * Counts durations in steps that each are a tenth longer than the one before, so that a millisecond and a minute fit on one
 * axis and no single answer is kept.
 */
const FIRST_MS = 1;
const STEP = 1.1;

export interface Bucket {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly count: number;
}

export class Histogram {
  readonly #counts = new Map<number, number>();
  #count = 0;
  #longest_ms = 0;

  add(duration_ms: number): void {
    const place =
      duration_ms <= FIRST_MS ? 0 : 1 + Math.floor(Math.log(duration_ms / FIRST_MS) / Math.log(STEP));
    this.#counts.set(place, (this.#counts.get(place) ?? 0) + 1);
    this.#count += 1;
    this.#longest_ms = Math.max(this.#longest_ms, duration_ms);
  }

  get count(): number {
    return this.#count;
  }

  get longest_ms(): number {
    return this.#longest_ms;
  }

  /** From the first that counted anything to the last, empty ones between them included. */
  buckets(): Bucket[] {
    if (this.#count === 0) return [];
    const places = [...this.#counts.keys()];
    const first = Math.min(...places);
    return Array.from({ length: Math.max(...places) - first + 1 }, (_, offset) => {
      const place = first + offset;
      return { from_ms: edge(place - 1), to_ms: edge(place), count: this.#counts.get(place) ?? 0 };
    });
  }

  /** The upper edge of the step in which this share of all durations is reached: true to a tenth. 0 of nothing. */
  percentile(share: number): number {
    let seen = 0;
    for (const bucket of this.buckets()) {
      seen += bucket.count;
      if (seen >= this.#count * share) return Math.min(bucket.to_ms, this.#longest_ms);
    }
    return 0;
  }
}

function edge(place: number): number {
  return place < 0 ? 0 : FIRST_MS * STEP ** place;
}
