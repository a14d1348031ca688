/**
 * Reads what the package says of itself: its version, and the Nodes on which it may run.
 */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const shape = z.object({
  version: z.string(),
  engines: z.object({ node: z.string() }),
  devDependencies: z.object({ node: z.string() }),
});

export interface ProductFacts {
  readonly version: string;
  /** The Nodes on which it may run, such as `>=20`. */
  readonly engines: string;
  /** The Node with which it was tried, such as `^24.21.0`. */
  readonly triedNode: string;
}

export async function readPackage(): Promise<ProductFacts> {
  const text = await readFile(new URL('../../../package.json', import.meta.url), 'utf8');
  const { version, engines, devDependencies } = shape.parse(JSON.parse(text));
  return { version, engines: engines.node, triedNode: devDependencies.node };
}
