/**
 * Is a "no" of the API on its way to becoming `{success: false, message, error_code}`.
 *
 * Doors throw it and one error handler writes it, so that every refusal of the API has the same shape, whatever code
 * path found it.
 */
import type { Refusal, RefusalKind } from '../../../ground/refusal.ts';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly errorCode: string;

  constructor(status: number, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** A conflict is told with HTTP 200 and `success: false`, as the real API does: a trap for whoever reads codes only. */
const STATUSES: Readonly<Record<RefusalKind, number>> = {
  invalid: 422,
  denied: 403,
  absent: 404,
  conflict: 200,
  'too-many': 429,
  unavailable: 502,
};

/** The API's way of saying a refusal of the books. */
export function apiErrorFrom(reason: Refusal): ApiError {
  return new ApiError(STATUSES[reason.kind], reason.code, reason.en);
}
