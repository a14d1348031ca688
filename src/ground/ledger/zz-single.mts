import { startServer, withDatabase } from '../testing/postgres-server.ts';
import { openPostgres } from '../postgres/database.ts';
import { migrate } from '../postgres/migrate.ts';
import { systemClock } from '../clock.ts';
import { sql } from 'kysely';
import pg from 'pg';
const s = await startServer();
{ const a = new pg.Client({connectionString: s.url}); await a.connect(); await a.query('create database tpl'); await a.end(); }
const o = openPostgres(withDatabase(s.url,'tpl'), {onError(){}, connections: 8});
await migrate(o.db, systemClock);
await sql`insert into accounts (id, kind, currency, normal_side, limited, opened_at) select 'receivable:per_01jd3kabcdefghjkmnpqrs' || i || ':XOF', 'receivable','XOF','debit', false, now() from generate_series(0, 9999) i`.execute(o.db);
await sql`analyze`.execute(o.db);
const c = new pg.Client({connectionString: withDatabase(s.url,'tpl')}); await c.connect(); c.on('notice', n=>console.log(n.message));
const loop = (n: number, k=1) => `do $$ declare t0 timestamptz := clock_timestamp(); ids uuid[]; begin for i in 1..${n} loop
  perform post_transfers(0::smallint, now(), array[(lpad(to_hex((extract(epoch from now())*1000)::bigint),12,'0') || '7' || lpad(to_hex(i%4096),3,'0') || '8' || substr(md5(random()::text),1,15))::uuid], array['single'], array['receivable:per_01jd3kabcdefghjkmnpqrs'||(i*7919%10000)||':XOF'], array['receivable:per_01jd3kabcdefghjkmnpqrs'||(i*104729%9999+1)%10000||':XOF'], array[1::bigint], array[null::uuid], array[false], array['jrn_01jd3kabcdefghjkmnpqrsxxxx'], array['bench.moved'], array[now()], array[null::text]);
  end loop; raise notice 'us per call %', extract(epoch from clock_timestamp()-t0)*1e6/${n}; end $$`;
await c.query(loop(200)); await c.query(loop(3000)); await c.query(loop(3000));
await c.query("load 'auto_explain'"); await c.query("set auto_explain.log_min_duration=0; set auto_explain.log_nested_statements=on; set auto_explain.log_analyze=on; set client_min_messages=log; set auto_explain.log_level=notice");
await c.query(loop(2)); 
await c.end(); await o.close(); await s.stop(); process.exit(0);
