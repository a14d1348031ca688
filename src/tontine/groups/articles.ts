/**
 * Numbers the articles of a by-law, so that a refusal or a fine can name the one that it rests on.
 *
 * The numbers are the same in every group: people learn them once, and a text message that says "art. 6" is understood.
 */
import type { Rules } from './rules.ts';

export type Article =
  | 'contribution' // what a share pays
  | 'dates' // when, until what hour, with what grace
  | 'order' // who takes the pot, and how that is decided
  | 'guarantee' // the caution
  | 'default' // who covers what is not paid
  | 'late-fee'
  | 'absence'
  | 'solidarity' // one numbered line for each event
  | 'decisions' // how many voices
  | 'changes'; // how a by-law is changed

export const ARTICLES: Readonly<Record<Article, number>> = {
  contribution: 1,
  dates: 2,
  order: 3,
  guarantee: 4,
  default: 5,
  'late-fee': 6,
  absence: 7,
  solidarity: 8,
  decisions: 9,
  changes: 10,
};

/** The number of the line about one event, such as `8.2`. */
export function articleOfEvent(rules: Rules, event: string): string {
  const place = rules.solidarity.events.findIndex((known) => known.kind === event);
  return `${ARTICLES.solidarity}.${place + 1}`;
}
