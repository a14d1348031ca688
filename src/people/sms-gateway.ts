/**
 * Is the port behind which every SMS provider stands.
 *
 * Sending is never part of a database transaction, and a message may fail or arrive late: whatever is decided must
 * stand without it.
 */
export interface SmsMessage {
  /** E.164 with the plus sign. */
  readonly to: string;
  /** In the GSM 7-bit alphabet (`gsmText`), or the price doubles. */
  readonly text: string;
}

export type SmsOutcome =
  | 'sent' // the gateway took it; not that it arrived
  | 'failed'; // it was not taken: the person must be told to ask again

export interface SmsGateway {
  /** Never throws for the gateway's behaviour. */
  send(message: SmsMessage): Promise<SmsOutcome>;
}
