/**
 * Is what the pages say in English about a meeting: running it and its blank sheet.
 */
import { countedIn } from './count.ts';

const counted = (count: number, one: string, many: string) => countedIn('en', count, one, many);

export const enTontineMeeting = {
  meeting: {
    title: (round: number) => `Meeting of round ${round}`,
    lead: 'Presence, contributions, fines and counting, on one phone.',
    present: (count: number, of: string) => `${count} of ${of} present`,
    sheet: 'Sheet to print',
    open: 'Open the meeting',
    roll: 'Roll and contributions',
    presences: { present: 'Present', represented: 'Represented', excused: 'Excused', absent: 'Absent' },
    decisions: (count: number) => counted(count, 'decision', 'decisions'),
    decide: 'Note a decision',
    decision: 'The decision, in one sentence',
    decideGive: 'Note it',
    done: 'Noted.',
    taken: 'Declared. The confirmation is awaited.',
    take: (amount: string) => `Cash ${amount}`,
    declared: (amount: string) => `${amount} to confirm`,
    other: 'Other amount',
    fine: 'Give a fine',
    member: 'Member',
    fineAmount: 'Amount of the fine',
    reason: 'Reason',
    fineGive: 'Write the fine down',
    boxes: 'Counting the boxes',
    boxOf: (keeper: string) => `Cash box of ${keeper}`,
    opening: 'At the start',
    came: 'Came in',
    went: 'Went out',
    expected: 'Should hold',
    counted: 'Counted',
    variance: (amount: string) =>
      `Variance: ${amount}. The meeting does not close without an approved explanation.`,
    explanation: 'Explanation of the variance',
    explain: 'Explain the variance',
    count: 'Money counted in your box',
    countHint: 'Notes and coins, as they are.',
    countGive: 'Write the count down',
    end: 'End of the meeting',
    endHint: 'It signs the totals, which are then read aloud.',
    close: 'Close the meeting',
    closed: 'Meeting closed. The totals are those of the books.',
  },
  sheet: {
    title: (name: string, round: string) => `${name}, round ${round}`,
    lead: (day: string, recipient: string, each: string) =>
      `${day} · receives: ${recipient} · ${each} per share`,
    nobody: 'to be decided',
    print: 'Print',
    printHint: 'Print this page with the menu of your browser.',
    region: 'Sheet of the meeting, scrolls sideways',
    number: 'No.',
    member: 'Member',
    columns: 'Present,Pot,Solidarity,Fine,Signature',
    blanks: 'Box at the start,Came in,Went out,Counted at the end,President,Treasurer',
  },
  minutes: { pdf: 'Minutes as PDF' },
};
