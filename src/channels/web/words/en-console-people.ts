/**
 * Is what the console says in English about one person. `fr-console-people.ts` is the source.
 */
import type { frConsolePeople } from './fr-console-people.ts';

export const enConsolePeople: typeof frConsolePeople = {
  people: {
    title: 'People',
    lead: 'Find somebody, to hand them their data or to erase their identity.',
    q: 'Number or id',
    qHint: 'The whole number, or the id of a member (per_…).',
    search: 'Search',
    absentTitle: 'Not found',
    absent: 'No member has this number or this id. Check the digits.',
    waiting: 'Erasures asked for',
    nothingWaiting: 'No request waits.',
    until: 'good until',
    number: 'Number',
    country: 'Country',
    since: 'Member since',
    balance: 'Balance',
    noWallet: 'nothing has moved yet',
    id: 'Id',
    payments: 'See their payments',
    facts: 'What is known',
    erased: 'Erased person',
    erasedOn: 'Erased on',
    erasedLead:
      'The identity is not here any more. The books are whole; the trail says who decided it and why.',
    exportTitle: 'Hand over their data',
    exportLead:
      'A file with all that is kept about this person, numbers whole. Give it to them, and to nobody else.',
    reason: 'Reason',
    reasonHint: 'Without a name or a number: it stays in the trail.',
    exportDo: 'Download the file',
    adminOnly: 'This file is handed over by administration.',
    eraseTitle: 'Erase the identity',
    eraseLead: 'It cannot be undone: one person asks for it, another one agrees.',
    goes: 'What goes',
    goesList:
      'number, name, PIN|sessions, devices, codes and messages|agreed numbers, next of kin|the numbers on their payments, and what the provider told of them',
    stays: 'What stays',
    staysList: 'amounts, dates and entries of the books|the acts in the trail|an id that no longer tells who',
    backups: 'Backups made before still know them, until they end.',
    obstacles: 'What stands in the way',
    askDo: 'Ask for the erasure',
    seniorsOnly: 'An erasure is asked for by finance or administration.',
    asked: (who) => `${who} asks for the erasure`,
    askedOn: 'Asked on',
    own: 'You asked for it: another person of administration must agree.',
    decideElse: 'Administration decides.',
    confirm: 'I have checked that this person asked for it, and I know that it cannot be undone.',
    approveDo: 'Erase this identity',
    refuseDo: 'Turn the request down',
    askedSaid: 'The request is written down. Another person of administration decides, within three days.',
    approvedSaid: 'The identity is erased. The books are whole.',
    refusedSaid: 'The request is turned down. Nothing is erased.',
  },
};
