/**
 * Is the provider's list of services in every universe, as its interface announces it.
 */
export const SERVICES = [
  service('1', 'OM CI', 'CI', 'XOF', true),
  service('2', 'MTN CI', 'CI', 'XOF', false),
  service('9', 'MTN CM', 'CM', 'XAF', false),
];

function service(id: string, name: string, country: string, currency: string, otp: boolean) {
  return {
    id,
    name,
    operator: name.split(' ')[0] === 'OM' ? 'ORANGE' : 'MTN',
    country_code: country,
    currency,
    min_amount: 100,
    max_amount: 1_500_000,
    fee_percent: 1.5,
    is_active: true,
    depositable: true,
    withdrawable: true,
    otp_required: otp,
  };
}
