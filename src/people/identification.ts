/**
 * Says how well a person's identity is known; what they may hold and move depends on it.
 */
export type Identification =
  | 'none' // only the phone number is known
  | 'verified'; // a paper was seen and a copy is kept
