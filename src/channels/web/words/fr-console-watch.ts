/**
 * Is what the console says in French about watching: the board, alerts, reconciliation, reports, settings.
 */
export const frConsoleWatch = {
  charts: { figures: 'Les chiffres', when: 'Quand' },
  now: {
    title: 'Maintenant',
    rates: 'Réussite sur 24 heures',
    method: 'Moyen et sens',
    asked: 'Demandes',
    success: 'Réussite',
    p50: 'Médiane',
    p95: '95 sur 100',
    quiet: 'Aucun paiement depuis 24 heures.',
    perMinute: 'Demandes par minute, dernière heure',
    ages: 'Ce qui reste ouvert, par âge',
    nothingOpen: 'Rien n’est ouvert.',
    state: 'État',
    under5: 'moins de 5 min',
    under30: '5 à 30 min',
    underDay: '30 min à un jour',
    older: 'plus d’un jour',
    float: 'Flottant',
    held: 'Chez le fournisseur',
    booked: 'Dans nos livres',
    difference: (difference: string, reserved: string) =>
      `Différence ${difference}. Réservé par des retraits ouverts : ${reserved}.`,
    unread: 'Le fournisseur n’a pas dit son solde.',
    callbacks: 'Notifications sur 24 heures',
    all: 'Toutes',
    reviews: 'Dossiers à décider',
    unknown: 'Réponses perdues',
    queue: 'En retard dans les files',
    deadJobs: 'Tâches abandonnées',
    refusedCallbacks: 'Notifications refusées',
    sms: 'SMS aujourd’hui',
    look: 'À regarder',
  },
};
