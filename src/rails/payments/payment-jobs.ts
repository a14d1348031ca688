/**
 * Names the jobs that keep payments moving. Each is a wake-up: the rows say what is due.
 */
import type { Job } from '../../ground/queue/job.ts';

export const SEND_COMMANDS: Job = {
  name: 'send-commands',
  meaning: 'hands waiting payments to the provider',
};
export const PROCESS_CALLBACKS: Job = {
  name: 'process-callbacks',
  meaning: 'follows up what providers told us',
};
export const ENQUIRE_PAYMENTS: Job = {
  name: 'enquire-payments',
  meaning: 'asks the provider about open payments',
};
