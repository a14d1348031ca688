/**
 * Keeps pages for people who are signed in: everybody else is sent to log in, and comes back to the same page after.
 */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { invariant } from '../../ground/refusal.ts';
import type { SignedInPerson } from '../../people/find-session.ts';
import { paths } from './paths.ts';

/** A hook for scopes whose pages belong to a person. Answers 302 to `/login/?next=…` when nobody is signed in. */
export async function requireSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply | undefined> {
  if (request.visitor.signedIn !== undefined) return undefined;
  const next = request.method === 'GET' ? request.url : paths.wallet;
  return await reply.redirect(`${paths.login}?next=${encodeURIComponent(next)}`, 302);
}

/** The person behind a page of such a scope. */
export function signedInOf(request: FastifyRequest): SignedInPerson {
  const { signedIn } = request.visitor;
  invariant(signedIn !== undefined, 'a page of a person was drawn for nobody');
  return signedIn;
}

/** An address of ours to go on to, or the wallet: a login must never lead to somebody else's site. */
export function safeNext(next: string | undefined): string | undefined {
  if (next === undefined || !/^\/(?![/\\])[\w\-./~%?=&+]*$/.test(next)) return undefined;
  return next;
}
