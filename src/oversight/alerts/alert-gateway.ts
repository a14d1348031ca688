/**
 * Is the port behind which every way stands by which an alarm leaves the house.
 */
import type { Alert } from './alert.rows.ts';
import type { AlertChannel } from './alert-delivery.rows.ts';

export interface AlertMessage {
  /** The same for every repetition of one message: whoever receives it twice can tell. */
  readonly id: string;
  readonly what: 'raised' | 'resolved';
  readonly alert: Alert;
  readonly toldAt: Date;
}

export interface AlertGateway {
  readonly channel: AlertChannel;
  /** Never throws for the other side's behaviour. */
  send(message: AlertMessage): Promise<'sent' | 'failed'>;
}
