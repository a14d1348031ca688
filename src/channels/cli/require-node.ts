/**
 * Ends a program that was started by a Node that is too old, with what to do.
 *
 * Imported first: what comes after it cannot even be loaded there, and would end in the trace of somebody else's package.
 * It says it in both languages, because no program has chosen one yet.
 */
import { isOlder, OLDEST_NODE } from './oldest-node.ts';

if (isOlder(process.version, OLDEST_NODE)) {
  process.stderr.write(
    `Node ${process.version} est trop ancien, il faut ${OLDEST_NODE} : lancez le produit par npm, ou par node_modules/.bin/node.\n` +
      `Node ${process.version} is too old, ${OLDEST_NODE} is needed: start the product by npm, or by node_modules/.bin/node.\n`,
  );
  process.exit(1);
}
