/**
 * Keeps who said yes or no to what in the table `approval_votes`.
 */
import type { Reader, Tx } from '../../ground/postgres/database.ts';
import type { Voice } from './approval.ts';

interface ApprovalVoteTable {
  request_id: string;
  group_id: string;
  membership_id: string;
  voice: 'yes' | 'no';
  is_president: boolean;
  reason: string | null;
  at: Date;
}

declare module '../../ground/postgres/database.ts' {
  interface Database {
    approval_votes: ApprovalVoteTable;
  }
}

export async function insertVoice(tx: Tx, groupId: string, voice: Voice): Promise<void> {
  await tx
    .insertInto('approval_votes')
    .values({
      request_id: voice.requestId,
      group_id: groupId,
      membership_id: voice.membershipId,
      voice: voice.voice,
      is_president: voice.isPresident,
      reason: voice.reason,
      at: voice.at,
    })
    .execute();
}

export async function listVoices(reader: Reader, requestId: string): Promise<Voice[]> {
  return await reader
    .selectFrom('approval_votes')
    .select([
      'request_id as requestId',
      'membership_id as membershipId',
      'voice',
      'is_president as isPresident',
      'reason',
      'at',
    ])
    .where('request_id', '=', requestId)
    .orderBy('at')
    .execute();
}
