/**
 * Adds one member's own words to a sealed draw, so that whoever made the seal cannot have foreseen the result.
 *
 * Once and for all: words that could be changed would be changed by whoever saw the others' last.
 *
 * Refuses: `group-absent`, `member-suspended`, `draw-absent`, `draw-words-over`, `draw-words-missing`,
 * `draw-words-given`.
 */
import type { Ground } from '../../ground/ground.ts';
import type { Tx } from '../../ground/postgres/database.ts';
import { type Answer, accepted, refusal, refused } from '../../ground/refusal.ts';
import { type Entering, enterGroup } from '../groups/enter-group.ts';
import { type Draw, findDraw, insertEntropy, listEntropies } from './draw.rows.ts';

const MOST_LETTERS = 100;

export interface AddEntropy extends Entering {
  readonly drawId: string;
  /** As typed. */
  readonly words: string;
}

export async function addEntropy(tx: Tx, ground: Ground, asked: AddEntropy): Promise<Answer<Draw>> {
  const actor = await enterGroup(tx, ground, asked, 'add-entropy');
  if (!actor.ok) return actor;
  const draw = await findDraw(tx, asked);
  if (draw === undefined) return refused(DRAW_ABSENT);
  const words = asked.words.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
  if (words === '' || words.length > MOST_LETTERS || !words.isWellFormed() || words.includes('\0')) {
    return refused(WORDS_MISSING);
  }
  const membershipId = actor.value.membership.id;
  const given = (await listEntropies(tx, draw.id)).find((each) => each.membershipId === membershipId);
  if (given !== undefined) return given.entropy === words ? accepted(draw) : refused(WORDS_GIVEN);
  const now = ground.clock.now();
  if (draw.state !== 'committed' || now >= draw.entropyUntil) return refused(WORDS_OVER);
  await insertEntropy(tx, asked, { membershipId, entropy: words, at: now });
  return accepted(draw);
}

export const DRAW_ABSENT = refusal(
  'draw-absent',
  'absent',
  'Ce tirage est introuvable.',
  'This draw cannot be found.',
);
export const WORDS_OVER = refusal(
  'draw-words-over',
  'conflict',
  'Le temps pour ajouter des mots à ce tirage est passé.',
  'The time to add words to this draw is over.',
);
const WORDS_MISSING = refusal(
  'draw-words-missing',
  'invalid',
  'Écrivez quelques mots de votre choix, 100 lettres au plus.',
  'Write a few words of your choice, at most 100 letters.',
);
const WORDS_GIVEN = refusal(
  'draw-words-given',
  'conflict',
  'Vous avez déjà ajouté vos mots ; ils ne se changent pas.',
  'You have already added your words; they cannot be changed.',
);
