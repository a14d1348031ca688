/**
 * Names the jobs of the alarms, for the acts that ask for them and the timetable that runs them.
 */
import type { Job } from '../../ground/queue/job.ts';

export const EVALUATE_ALERTS: Job = {
  name: 'evaluate-alerts',
  meaning: 'compares what is measured with the thresholds',
};

export const DELIVER_ALERTS: Job = {
  name: 'deliver-alerts',
  meaning: 'tells alarms by e-mail and webhook',
};

export const VERIFY_CHAINS: Job = {
  name: 'verify-chains',
  meaning: 'walks the whole ledger and the whole trail',
};
