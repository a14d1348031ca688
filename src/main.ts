/**
 * Starts the product as a process, once Node is ready for it.
 *
 * Everything else is loaded after the two lines that it depends on: a Node that is too old says so instead of failing over
 * somebody's package, and what was compiled at the start before is found again.
 */
import './channels/cli/require-node.ts';
import './channels/cli/keep-compiled-code.ts';

await import('./serve.ts');
