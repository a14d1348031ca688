/**
 * Puts one payment to the provider, in or out, and always comes back with one of the three answers.
 *
 * What fails before the call has provably not been sent; whatever is thrown during it may have been executed.
 */
import type { Payment } from '../payments/payment.ts';
import type { CreateAnswer, Service } from '../provider.ts';
import { isOwnProvider, type Rails } from '../rails.ts';

/** The name under which the provider knows the payer: it wants one, and gets nobody's. */
const CUSTOMER_NAME = 'Tontine Pro';

export async function askProvider(
  rails: Rails,
  payment: Payment,
  otp: string | undefined,
): Promise<CreateAnswer> {
  // Play money asked for before the keys became live must never reach a real phone.
  if (!isOwnProvider(rails, payment))
    return { answer: 'rejected', code: 'RAIL_DOWN', detail: 'another provider is configured now' };
  let service: Service | undefined;
  try {
    service = await findService(rails, payment);
  } catch (error) {
    return { answer: 'unknown', phase: 'not-sent', evidence: `no list of services: ${nameOf(error)}` };
  }
  // The service left the provider's list between the form and now: nothing was sent.
  if (service === undefined)
    return { answer: 'rejected', code: 'RAIL_DOWN', detail: 'no such service any more' };
  try {
    return await create(rails, payment, service, otp);
  } catch (error) {
    return { answer: 'unknown', phase: 'lost', evidence: `the adapter threw ${nameOf(error)}` };
  }
}

async function create(
  rails: Rails,
  payment: Payment,
  service: Service,
  otp: string | undefined,
): Promise<CreateAnswer> {
  const intent = {
    paymentId: payment.id,
    service,
    amount: { amount: payment.amount, currency: payment.currency },
    phone: payment.phone,
    customerName: CUSTOMER_NAME,
    description: `Tontine Pro ${payment.reference}`,
  };
  if (payment.direction === 'out') return await rails.provider.createPayout(intent);
  return await rails.provider.createDeposit({
    ...intent,
    callbackUrl: rails.callbackUrl(payment.id),
    ...(otp === undefined ? {} : { otp }),
  });
}

async function findService(rails: Rails, payment: Payment): Promise<Service | undefined> {
  const { services } = await rails.provider.listServices();
  return services.find((service) => service.id === payment.serviceId && service.country === payment.country);
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}
