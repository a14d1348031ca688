/**
 * Reads what the pages of logging in send: the number, how to go on, and what proves it.
 */
import type { FastifyRequest } from 'fastify';
import { formFields, queryFields } from '../form-fields.ts';
import { safeNext } from '../signed-in.ts';

export interface LoginForm {
  readonly phone: string | undefined;
  /** Where the person was going; only ever a place of ours. */
  readonly next: string | undefined;
  readonly way: string | undefined;
  readonly code: string | undefined;
  readonly pin: string | undefined;
}

export function readLoginForm(request: FastifyRequest): LoginForm {
  const fields = formFields(request, ['phone', 'next', 'way', 'code', 'pin']);
  return { ...fields, next: safeNext(fields.next ?? queryFields(request, ['next']).next) };
}
