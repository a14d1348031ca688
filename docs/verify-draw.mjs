// Checks a draw without trusting the product, with nothing but Node 20 or later: node verify-draw.mjs proof.json
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const proof = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const hash = (lines) => createHash('sha256').update(lines.join('\n')).digest();
const sealed = hash([proof.algorithm, proof.seed, ...proof.list]).toString('hex') === proof.commitment;
const key = hash([proof.algorithm, proof.seed, proof.commitment, ...proof.entropies]).toString('hex');
let used = 0; // every hash of the key and a counter gives eight numbers
const next = () => hash([`${key}:${Math.floor(used / 8)}`]).readUInt32BE((used++ % 8) * 4);
const order = [...proof.list];
for (let last = order.length - 1; last > 0; last--) {
  const fair = 2 ** 32 - (2 ** 32 % (last + 1)); // numbers from here on would favour the first places
  let number = next();
  while (number >= fair) number = next();
  [order[last], order[number % (last + 1)]] = [order[number % (last + 1)], order[last]];
}
const right = sealed && proof.algorithm === 'tontine-draw-1' && order.join('\n') === proof.order.join('\n');
console.log(right ? 'OK: drawn from the sealed list' : `WRONG: ${sealed ? 'order' : 'seal'}`);
