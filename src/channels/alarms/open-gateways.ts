/**
 * Opens the ways out that the host configured for alarms; none is fine, the console shows them all the same.
 */
import type { AlertGateway } from '../../oversight/alerts/alert-gateway.ts';
import type { ChannelSettings } from '../settings.ts';
import { emailGateway } from './email-gateway.ts';
import { webhookGateway } from './webhook-gateway.ts';

export function openAlertGateways(
  settings: ChannelSettings,
  consoleUrl: string,
  onFailure: (channel: string, reason: string) => void,
): AlertGateway[] {
  const gateways: AlertGateway[] = [];
  const { SMTP_URL: smtpUrl, ALERT_EMAIL_FROM: from, ALERT_EMAIL_TO: to } = settings;
  if (smtpUrl !== undefined && from !== undefined && to !== undefined) {
    gateways.push(
      emailGateway({
        smtpUrl,
        from,
        to: to.split(',').map((address) => address.trim()),
        consoleUrl,
        onFailure: (reason) => onFailure('email', reason),
      }),
    );
  }
  const { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: secret } = settings;
  if (url !== undefined) {
    gateways.push(
      webhookGateway({
        url,
        onFailure: (reason) => onFailure('webhook', reason),
        ...(secret === undefined ? {} : { secret }),
      }),
    );
  }
  return gateways;
}
