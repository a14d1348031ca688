/**
 * Reads in which language a visitor wants the pages: a cookie of the simulator's own, French without it.
 *
 * Cookies do not know ports, so on one machine the product receives this one too: its name must not be one of theirs.
 */
import type { FastifyRequest } from 'fastify';
import type { View } from './layout.tsx';

export const LANGUAGE_COOKIE = 'simulator_language';

/** The visitor's language and present page. */
export function viewOf(request: FastifyRequest): View {
  const isEnglish = new RegExp(`(^|; )${LANGUAGE_COOKIE}=en(;|$)`).test(request.headers.cookie ?? '');
  return { locale: isEnglish ? 'en' : 'fr', here: request.url };
}
