/**
 * Adds a decision, in words, to the minutes of an open meeting.
 *
 * Refuses: the refusals of `enter-meeting.ts`, `decision-words`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { writeJournal } from '../groups/write-journal.ts';
import { enterMeeting, type InMeeting } from './enter-meeting.ts';
import { type Meeting, markDecisions } from './meeting.rows.ts';

/** A page of minutes; a decision is a sentence. */
const LONGEST_DECISION = 500;
const LONGEST_MINUTES = 20_000;

export interface RecordDecision extends InMeeting {
  readonly decision: string;
}

export async function recordDecision(
  tx: Tx,
  ground: Ground,
  asked: RecordDecision,
): Promise<Answer<Meeting>> {
  const entered = await enterMeeting(tx, ground, asked, 'record-decision');
  if (!entered.ok) return entered;
  const { actor, meeting } = entered.value;
  const decision = asked.decision.replaceAll(/\s+/g, ' ').trim();
  const known = meeting.decisions?.split('\n') ?? [];
  // The same form sent twice is one decision.
  if (known.includes(decision)) return accepted(meeting);
  const decisions = [...known, decision].join('\n');
  const isWritable = decision.length >= 3 && decision.length <= LONGEST_DECISION && decision.isWellFormed();
  if (!isWritable || decisions.length > LONGEST_MINUTES || decision.includes('\0'))
    return refused(DECISION_WORDS);
  await markDecisions(tx, meeting.id, decisions);
  await writeJournal(tx, ground, {
    groupId: asked.groupId,
    act: 'decision.recorded',
    actorId: actor.membership.id,
    subjectId: meeting.id,
    reason: decision,
  });
  return accepted({ ...meeting, decisions });
}

const DECISION_WORDS = refusal(
  'decision-words',
  'invalid',
  'Écrivez la décision en une phrase, de 3 à 500 lettres.',
  'Write the decision in one sentence, from 3 to 500 letters.',
);
