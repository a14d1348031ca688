// Checks a published head without trusting the product, with nothing but Node 20 or later:
// node verify-head.mjs head-20260105T080000Z.json PUBLIC_KEY
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [, , file, key] = process.argv;
const head = JSON.parse(readFileSync(file, 'utf8'));
const { publishedAt, ledger, trail, restart = '' } = head;
const lines = ['tontine-pro head 1', publishedAt, ledger.seq, ledger.head, trail.seq, trail.head, restart];
// An Ed25519 key as other programs want it: RFC 8410, then its 32 bytes.
const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(key, 'hex')]);
const open = createPublicKey({ key: der, format: 'der', type: 'spki' });
const right = verify(null, Buffer.from(lines.join('\n')), open, Buffer.from(head.signature, 'hex'));
console.log(right ? `OK: ledger nº ${ledger.seq} ${ledger.head}` : 'WRONG: not signed by this key');
