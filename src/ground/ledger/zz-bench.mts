import { startServer, withDatabase } from '../testing/postgres-server.ts';
import { openPostgres, openPglite } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { systemClock } from '../clock.ts';
import { trueChance } from '../chance.ts';
import { makeIds } from '../identifiers.ts';
import { inTransaction } from '../postgres/in-transaction.ts';
import { accountId } from './account.ts';
import { openAccount } from './open-account.ts';
import { postTransfers } from './post-transfers.ts';
import { listStatement } from './statement.ts';
import { verifyChain } from './verify-chain.ts';
import { readTrialBalance } from './trial-balance.ts';
import { sql } from 'kysely';
import pg from 'pg';
const lite = process.argv[2] === 'lite';
const s = lite ? undefined : await startServer();
if (s) { const a = new pg.Client({connectionString: s.url}); await a.connect(); await a.query('create database tpl'); await a.end(); }
const o = s ? openPostgres(withDatabase(s.url,'tpl'), {onError(){}, connections: 8}) : await openPglite(undefined);
const db = o.db;
await migrate(db, systemClock);
const ground = { clock: systemClock, chance: trueChance, ids: makeIds(systemClock, trueChance), queue: undefined as never };
const N = 10000;
const floatId = accountId('float','p','XOF');
const accts = Array.from({length:N},(_, i)=>accountId('receivable','per_01jd3kabcdefghjkmnpqrs'+i,'XOF'));
await inTransaction(db, async tx => { await openAccount(tx, ground, floatId); });
await sql`insert into accounts (id, kind, currency, normal_side, limited, opened_at) select 'receivable:per_01jd3kabcdefghjkmnpqrs' || i || ':XOF', 'receivable','XOF','debit', false, now() from generate_series(0, ${N-1}) i`.execute(db);
await sql`analyze`.execute(db);
const j = { id: ground.ids.next('jrn'), kind: 'bench.moved', occurredAt: new Date() };
const t = () => { const d = Math.floor(Math.random()*N); let c = Math.floor(Math.random()*N); if (c===d) c=(c+1)%N; return { id: ground.ids.uuid(), kind: 'single' as const, debit: accts[d]!, credit: accts[c]!, amount: 1n, journal: j }; };
async function batch(size: number, seconds: number) {
  let n=0; const end = performance.now()+seconds*1000; const start=performance.now();
  while (performance.now()<end) { const b = Array.from({length:size}, t); const codes = await inTransaction(db, tx => postTransfers(tx, ground, b)); if (codes.some(c=>c!=='posted')) throw new Error(codes.join()); n+=size; }
  console.log('batch', size, Math.round(n/((performance.now()-start)/1000)), '/s');
}
async function callers(k: number, seconds: number) {
  let n=0; const start=performance.now(); const end=start+seconds*1000;
  await Promise.all(Array.from({length:k}, async()=>{ while(performance.now()<end){ await inTransaction(db, tx => postTransfers(tx, ground, [t()])); n++; } }));
  console.log('single,', k, 'callers', Math.round(n/((performance.now()-start)/1000)), '/s');
}
await batch(1000, 2); await batch(1,3); if (!lite) await callers(8,4); await batch(10,2); await batch(100,3); await batch(1000,5);
let st = performance.now(); await inTransaction(db, async tx=>{ for(let i=0;i<1000;i++) await postTransfers(tx, ground, [t()]); }); console.log('single inside one tx, us', (performance.now()-st));
st = performance.now(); for(let i=0;i<500;i++) await inTransaction(db, async tx=>{ await sql`update fences set latest_at = latest_at`.execute(tx); }); console.log('bare tx, us', (performance.now()-st)*2);
st = performance.now(); for(let i=0;i<1000;i++) await sql`select 1`.execute(db); console.log('select 1, us', (performance.now()-st));
st = performance.now(); for (let i=0;i<300;i++) await listStatement(db, accts[i]!, {limit:20}); console.log('statement ms', (performance.now()-st)/300);
st = performance.now(); const b = Array.from({length:1000}, t); await inTransaction(db, tx=>postTransfers(tx, ground, b)); console.log('one batch ms', performance.now()-st);
st = performance.now(); const codes = await inTransaction(db, tx=>postTransfers(tx, ground, b)); console.log('retry batch ms', performance.now()-st, new Set(codes));
st = performance.now(); const v = await verifyChain(db); console.log('verify', v, performance.now()-st);
st = performance.now(); const tb = await readTrialBalance(db); console.log('trial', tb.balanced, performance.now()-st);
if (s) { console.log((await sql`show server_version`.execute(db)).rows); const c = new pg.Client({connectionString: withDatabase(s.url,'tpl')}); await c.connect(); c.on('notice', n=>console.log(n.message)); 
try { await c.query("load 'auto_explain'"); await c.query("set auto_explain.log_min_duration=0; set auto_explain.log_nested_statements=on; set auto_explain.log_analyze=on; set client_min_messages=log; set auto_explain.log_level=notice");
 const cols=(f:any)=>b2.map(f); const b2=Array.from({length:1000},t);
 for (let rep=0;rep<2;rep++) { const b2=Array.from({length:1000},t); await c.query('select post_transfers(0::smallint, now(), $1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::uuid[], $7::boolean[], $8::text[], $9::text[], $10::timestamptz[], $11::text[])', [b2.map(x=>x.id), b2.map(x=>x.kind), b2.map(x=>x.debit), b2.map(x=>x.credit), b2.map(x=>1), b2.map(()=>null), b2.map(()=>false), b2.map(()=>j.id), b2.map(()=>j.kind), b2.map(()=>j.occurredAt), b2.map(()=>null)]); }
 } catch(e) { console.log(e); } await c.end(); }
await o.close(); await s?.stop(); process.exit(0);
