/**
 * Says which ids a transfer may have, by the time inside them.
 *
 * The journal is partitioned by id, so an id from anywhere in time would land in a month that is sealed, or that does
 * not exist. An id that happened before answers for itself, however old it is.
 */
import { DAY_MS } from '../clock.ts';
import { type Uuid, uuidTime_ms } from '../identifiers.ts';

/** Longer than the longest payment stays open, shorter than the time after which a month may be archived. */
export const OLDEST_ID_MS = 400 * DAY_MS;
/** Clocks of several machines differ; more than this is a broken clock. */
export const NEWEST_ID_MS = DAY_MS;

/** The months that have a partition: from the first instant, up to and without the second. */
export interface Coverage {
  readonly from: Date;
  readonly until: Date;
}

/** True when a new transfer recorded at this instant may have this id. */
export function isInsideWindow(id: Uuid, recordedAt: Date, coverage: Coverage): boolean {
  const time_ms = uuidTime_ms(id);
  const recorded_ms = recordedAt.getTime();
  if (time_ms < recorded_ms - OLDEST_ID_MS || time_ms > recorded_ms + NEWEST_ID_MS) return false;
  return time_ms >= coverage.from.getTime() && time_ms < coverage.until.getTime();
}
