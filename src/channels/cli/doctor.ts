/**
 * Is the program behind `npm run doctor`: the deployment checklist as checks, each with what to do.
 *
 * It changes nothing and asks nobody to do anything. Its exit code is 1 when something is wrong, so that a timer may run it.
 */
import { trueChance } from '../../ground/chance.ts';
import { systemClock } from '../../ground/clock.ts';
import { openSecret } from '../../ground/open-secret.ts';
import { openProvider } from '../../rails/open-provider.ts';
import { readAllSettings } from '../boot-checks.ts';
import { openPublishedHeads } from '../published-heads.ts';
import { checkLines, exitCodeOf, summaryOf } from './check.ts';
import { gatherFacts } from './doctor/gather-facts.ts';
import { judgeFacts } from './doctor/judge-facts.ts';

async function main(): Promise<0 | 1> {
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
    for (const check of checks) process.stdout.write(`${checkLines(check)}\n`);
    process.stdout.write(`${summaryOf(checks)}\n`);
    return exitCodeOf(checks);
  } finally {
    await provider.close();
  }
}

try {
  process.exit(await main());
} catch (error) {
  // A configuration that does not start is the first thing that is wrong.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
