/**
 * Finds the names behind the ids of operators, for pages that tell who did what.
 */
import type { Reader } from '../../../ground/postgres/database.ts';
import type { StoryStep } from '../../../oversight/payments/payment-story.ts';
import { findPeople } from '../../../people/person.rows.ts';

export async function namesOf(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const people = await findPeople(reader, [...new Set(ids)]);
  return new Map([...people].map(([id, person]) => [id, person.displayName ?? id]));
}

/** Everybody whom a payment's story names. */
export function actorsIn(story: readonly StoryStep[]): string[] {
  return story.flatMap((step) => {
    if (step.kind === 'proposal') return [step.proposal.proposedBy];
    return step.kind === 'act' ? [step.act.actorId] : [];
  });
}
