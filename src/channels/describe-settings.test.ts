import { expect, test } from 'vitest';
import { readAllSettings } from './boot-checks.ts';
import { describeSettings } from './describe-settings.ts';

const GIVEN = {
  SECRET_KEY: 'a secret key that must never be shown',
  DATABASE_URL: 'postgres://user:hidden-password@db.example/x',
  GETMIPAY_API_URL: 'https://api.example/v1',
  GETMIPAY_API_KEY: 'gmp_pk_test_hidden',
  GETMIPAY_SECRET_KEY: 'gmp_sk_test_hidden',
  GETMIPAY_WEBHOOK_SECRET: 'a webhook secret that is hidden',
  SMS_GATEWAY_URL: 'https://user:hidden@sms.example/',
  SMS_GATEWAY_TOKEN: 'hidden-token',
  SMTP_URL: 'smtps://user:hidden@mail.example',
  ALERT_WEBHOOK_URL: 'https://hidden@hook.example/',
  ALERT_WEBHOOK_SECRET: 'another secret, hidden too',
  FEE_POLICY: 'payer',
};

test('no secret is among the values, and every variable says where it comes from', () => {
  const lines = describeSettings(readAllSettings(GIVEN));
  const text = JSON.stringify(lines);
  for (const [name, value] of Object.entries(GIVEN)) {
    const line = lines.find((one) => one.name === name);
    expect(line?.source, name).toBe('environment');
    if (line?.isSecret === true) expect(text).not.toContain(value);
  }
  expect(text).not.toContain('hidden');
  expect(lines.find((one) => one.name === 'FEE_POLICY')?.value).toBe('payer');
  expect(lines.find((one) => one.name === 'PORT')).toMatchObject({ source: 'default', value: '3000' });
  expect(lines.find((one) => one.name === 'PUBLIC_URL')).toMatchObject({ source: 'absent' });
});
