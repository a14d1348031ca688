/**
 * Lets Node keep the machine code that it makes of the product's files, so that the next start finds it.
 *
 * A start loads some two thousand files, and compiling them is a quarter of it on a small processor. What is kept belongs to
 * these very files and this very Node: a changed file is compiled anew. It lies among the packages: whoever can
 * write there can change what runs already. Where nobody may, as in a container, Node goes on without it.
 */
import module from 'node:module';
import { join } from 'node:path';

module.enableCompileCache(join(import.meta.dirname, '../../../node_modules/.cache/tontine-pro'));
