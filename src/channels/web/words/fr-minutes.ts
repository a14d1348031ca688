/**
 * Is what the minutes of a meeting say in French: a sheet that is printed, read aloud and signed.
 */
export const frMinutes = {
  title: 'Procès-verbal de séance',
  draft: 'Projet : la séance n’est pas close',
  heldOn: (day: string) => `Séance du ${day}`,
  round: (number: number) => `Tour n° ${number}`,
  opened: 'Ouverte',
  closed: 'Close',
  presences: 'Présences',
  presence: { present: 'présent', excused: 'excusé', represented: 'représenté', absent: 'absent' },
  counted: (present: number, all: number) => `${present} sur ${all} présents ou représentés`,
  money: 'Mouvements de la séance',
  totals: {
    contributionsWallet: 'Cotisations, portefeuilles',
    contributionsCash: 'Cotisations, espèces',
    payoutsWallet: 'Cagnottes remises, portefeuilles',
    payoutsCash: 'Cagnottes remises, espèces',
    finesLevied: 'Amendes infligées',
    stillDue: 'Reste dû à ce jour',
    boxes: 'Dans les caisses',
  },
  boxes: 'Comptage des caisses',
  box: {
    opening: 'Ouverture',
    cameIn: 'Entrées',
    wentOut: 'Sorties',
    counted: 'Compté',
    variance: 'Écart',
  },
  noBox: 'Aucune caisse en espèces.',
  funds: 'Avoirs de la tontine',
  fund: {
    pot: 'Cagnotte',
    solidarity: 'Caisse de solidarité',
    guarantee: 'Cautions',
    fines: 'Amendes',
    interest: 'Fonds commun',
  },
  inWallets: 'En portefeuilles',
  inNotes: 'En espèces',
  decisions: 'Décisions',
  noDecision: 'Aucune décision notée.',
  signatures: 'Signatures',
  president: 'Le président',
  secretary: 'Le secrétaire',
  sameAsBooks: 'Ces montants sont ceux des livres au moment de la clôture.',
  page: (number: number, all: number) => `${number} / ${all}`,
};

export type MinutesWords = typeof frMinutes;
