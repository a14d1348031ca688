/**
 * Is the path at which the provider calls back: the door that opens there and whoever tests it must mean the same one.
 */
export const CALLBACK_PATH = '/webhook/getmipay/';
