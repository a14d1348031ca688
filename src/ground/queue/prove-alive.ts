/**
 * Is the job that does nothing: that it was done shows that somebody works on jobs.
 *
 * The timetable asks for it each minute, and the test of a new installation at any moment.
 */
import type { Job } from './job.ts';

export const PROVE_ALIVE: Job = {
  name: 'prove-alive',
  meaning: 'does nothing; shows that jobs are worked on',
};
