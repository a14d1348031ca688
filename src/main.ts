/**
 * Starts the product as a process: reads the environment, says what a newcomer needs to know, and ends tidily.
 *
 * One process may serve pages, work on jobs, or both (`ROLE`); any number of each may run on one PostgreSQL, because
 * no process keeps anything that another needs.
 */
import closeWithGrace from 'close-with-grace';
import { announce } from './channels/cli/announce.ts';
import { ConfigurationError } from './ground/configuration.ts';
import { readAllSettings, startProduct } from './product.ts';

async function main(variables: NodeJS.ProcessEnv): Promise<void> {
  const product = await startProduct(readAllSettings(variables));
  closeWithGrace({ delay: 15_000 }, async ({ err }) => {
    if (err) product.log.fatal({ err }, 'stopping because of an error');
    await product.close();
  });
  announce({
    publicUrl: product.publicUrl,
    engine: product.engine,
    role: product.settings.ground.ROLE,
    people: product.people,
    simulatorUrl: product.simulator?.url,
  });
}

try {
  await main(process.env);
} catch (error) {
  // What the operator can mend is a sentence; what is ours to mend keeps its trace.
  const text =
    error instanceof ConfigurationError
      ? error.message
      : String(error instanceof Error ? error.stack : error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
}
