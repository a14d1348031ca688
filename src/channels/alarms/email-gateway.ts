/**
 * Sends alarms by e-mail, through the host's own mail server.
 */
import type { Transporter } from 'nodemailer';
import type { AlertGateway } from '../../oversight/alerts/alert-gateway.ts';
import { alertLines, alertSubject } from './alert-text.ts';

export interface EmailSettings {
  /** `smtp://` or `smtps://`, with user and password in it when the server wants them. */
  readonly smtpUrl: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly consoleUrl: string;
  /** Told when a message was not taken: the kind of error, never the content. */
  readonly onFailure: (reason: string) => void;
}

const PATIENCE_MS = 10_000;

export function emailGateway(settings: EmailSettings): AlertGateway {
  const url = new URL(settings.smtpUrl);
  // Made when the first alarm goes out: a host without one never loads what sends it.
  let transport: Promise<Transporter> | undefined;
  return {
    channel: 'email',
    async send(message) {
      try {
        transport ??= openTransport(url);
        await (await transport).sendMail({
          from: settings.from,
          to: [...settings.to],
          subject: alertSubject(message, 'fr'),
          text: `${alertLines(message, settings.consoleUrl, 'fr')}\n${alertSubject(message, 'en')}\n`,
          messageId: `<${message.id}@tontine-pro>`,
        });
        return 'sent';
      } catch (error) {
        settings.onFailure(error instanceof Error ? error.name : 'unknown error');
        return 'failed';
      }
    },
  };
}

async function openTransport(url: URL): Promise<Transporter> {
  const { default: nodemailer } = await import('nodemailer');
  return nodemailer.createTransport({
    host: url.hostname,
    port: url.port === '' ? (url.protocol === 'smtps:' ? 465 : 587) : Number(url.port),
    secure: url.protocol === 'smtps:',
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
    ...(url.username === ''
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
  });
}
