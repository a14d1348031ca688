/**
 * Says what an invitation is worth: its code, how long it lasts, and what its door answers.
 *
 * The code may be read aloud, so it has no letters that are mistaken for others. It opens no money: whoever comes by
 * it only asks, and an officer answers.
 */
import type { Chance } from '../../ground/chance.ts';
import { DAY_MS } from '../../ground/clock.ts';
import { refusal } from '../../ground/refusal.ts';

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 50 bits: nobody finds one by trying. */
const CODE_LENGTH = 10;

export const INVITATION_LIFE_MS = 14 * DAY_MS;
export const INVITATION_USES = 250;

export function drawInvitationCode(chance: Chance): string {
  return Array.from({ length: CODE_LENGTH }, () => ALPHABET[chance.below(ALPHABET.length)]).join('');
}

/** As people type it: spaces, dashes and small letters do not matter. */
export function readInvitationCode(text: unknown): string {
  return typeof text === 'string' ? text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0') : '';
}

export const INVITATION_ABSENT = refusal(
  'invitation-absent',
  'absent',
  'Cette invitation n’existe pas ou n’est plus valable. Demandez-en une autre au bureau.',
  'This invitation does not exist or is no longer valid. Ask the officers for another one.',
);
export const ALREADY_IN_GROUP = refusal(
  'member-already',
  'conflict',
  'Cette personne est déjà dans la tontine, ou attend une réponse.',
  'This person is already in the group, or waits for an answer.',
);
export const GROUP_CURRENCY_DIFFERS = refusal(
  'group-currency-differs',
  'denied',
  'Votre portefeuille compte dans une autre monnaie que cette tontine.',
  'Your wallet counts in another currency than this group.',
);
