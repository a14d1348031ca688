import { expect, test } from 'vitest';
import { type ApiRequest, openApi } from './api.ts';
import { openMuteServer } from './testing/mute-server.ts';
import { openScriptedServer } from './testing/scripted-server.ts';

const CREATE: ApiRequest = { method: 'POST', path: '/create', headers: {}, json: '{}' };

test('the deadline also ends a call that is still connecting, and such a call was not sent', async () => {
  const mute = await openMuteServer();
  const api = openApi({ apiUrl: mute.tlsUrl, connectTimeout_ms: 60_000 });
  expect(await api.move(CREATE, AbortSignal.timeout(100))).toEqual({
    outcome: 'not-sent',
    evidence: 'timeout',
  });
  await mute.close();
});

test('a deadline that has passed before the call sends nothing', async () => {
  const server = await openScriptedServer();
  const api = openApi({ apiUrl: server.url, connectTimeout_ms: 60_000 });
  expect(await api.move(CREATE, AbortSignal.abort())).toMatchObject({ outcome: 'not-sent' });
  expect(server.seen).toHaveLength(0);
  await server.close();
});

test('the same silence is lost once there was a connection', async () => {
  const server = await openScriptedServer();
  server.on('/create', 'silence');
  const api = openApi({ apiUrl: server.url, connectTimeout_ms: 60_000 });
  expect(await api.move(CREATE, AbortSignal.timeout(500))).toEqual({ outcome: 'lost', evidence: 'timeout' });
  expect(server.seen).toHaveLength(1);
  await server.close();
});
