/**
 * Is the program behind `npm run doctor`: the deployment checklist as checks, each with what to do.
 *
 * It changes nothing and asks nobody to do anything. Its exit code is 1 when something is wrong, so that a timer may run it.
 */
import './require-node.ts';

import { parseArgs } from 'node:util';
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { openProvider } from '../../rails/open-provider.ts';
import { readAllSettings } from '../boot-checks.ts';
import { openPublishedHeads } from '../published-heads.ts';
import { checkLines, exitCodeOf, summaryOf } from './check.ts';
import { gatherFacts } from './doctor/gather-facts.ts';
import { judgeFacts } from './doctor/judge-facts.ts';
import { type ExitCode, runCommand, type Terminal } from './run-command.ts';
import { COMMANDS } from './words/commands.ts';

async function main({ say, args }: Terminal): Promise<ExitCode> {
  parseArgs({ args, options: {} });
  const settings = readAllSettings(process.env);
  const secret = openSecret(settings.ground, trueChance);
  const provider = await openProvider(
    settings.rails,
    { clock: systemClock, chance: trueChance },
    {
      secret,
      dataFolder: settings.ground.DATA_DIR,
      onError: () => undefined,
    },
  );
  const heads = openPublishedHeads(settings.channels, secret, { clock: systemClock });
  try {
    const checks = judgeFacts(
      await gatherFacts({ settings, provider, clock: systemClock, envFile: '.env', heads }),
    );
    for (const check of checks) say(checkLines(check));
    say(summaryOf(checks));
    return exitCodeOf(checks);
  } finally {
    await provider.close();
  }
}

// A configuration that does not start is the first thing that is wrong, and told by its sentence.
await runCommand(COMMANDS.doctor.usage, main);
