/**
 * Is what the console says in French about one person: who it is, what is known, and how an identity is erased.
 */
export const frConsolePeople = {
  people: {
    title: 'Personnes',
    lead: 'Trouvez quelqu’un pour lui donner ses données, ou pour effacer son identité.',
    q: 'Numéro ou identifiant',
    qHint: 'Le numéro entier, ou l’identifiant d’un membre (per_…).',
    search: 'Chercher',
    absentTitle: 'Introuvable',
    absent: 'Aucun membre n’a ce numéro ni cet identifiant. Vérifiez les chiffres.',
    waiting: 'Effacements demandés',
    nothingWaiting: 'Aucune demande n’attend.',
    until: 'valable jusqu’au',
    number: 'Numéro',
    country: 'Pays',
    since: 'Membre depuis',
    balance: 'Solde',
    noWallet: 'aucun mouvement encore',
    id: 'Identifiant',
    payments: 'Voir ses paiements',
    facts: 'Ce qu’on sait',
    erased: 'Personne effacée',
    erasedOn: 'Effacée le',
    erasedLead:
      'L’identité n’est plus ici. Les livres sont entiers ; la piste dit qui l’a décidé et pourquoi.',
    exportTitle: 'Donner ses données',
    exportLead:
      'Un fichier avec tout ce qui est gardé sur cette personne, numéros entiers. Remettez-le à elle, et à personne d’autre.',
    reason: 'Raison',
    reasonHint: 'Sans nom ni numéro : elle reste dans la piste.',
    exportDo: 'Télécharger le fichier',
    adminOnly: 'Ce fichier est remis par l’administration.',
    eraseTitle: 'Effacer l’identité',
    eraseLead: 'Cela ne se défait pas : une personne le demande, une autre l’accorde.',
    goes: 'Ce qui part',
    goesList:
      'numéro, nom, code PIN|sessions, appareils, codes et messages|numéros convenus, proche à prévenir|les numéros sur ses paiements, et ce que le fournisseur en a dit',
    stays: 'Ce qui reste',
    staysList:
      'montants, dates et écritures des livres|les actes dans la piste|un identifiant qui ne dit plus qui',
    backups: 'Les sauvegardes déjà faites la connaissent encore, jusqu’à leur fin.',
    obstacles: 'Ce qui l’empêche',
    askDo: 'Demander l’effacement',
    seniorsOnly: 'L’effacement est demandé par la finance ou l’administration.',
    asked: (who: string) => `${who} demande l’effacement`,
    askedOn: 'Demandé le',
    own: 'Vous l’avez demandé : une autre personne de l’administration doit l’accorder.',
    decideElse: 'L’administration décide.',
    confirm: 'J’ai vérifié que cette personne l’a demandé, et je sais que cela ne se défait pas.',
    approveDo: 'Effacer cette identité',
    refuseDo: 'Refuser la demande',
    askedSaid:
      'La demande est inscrite. Une autre personne de l’administration décide, dans les trois jours.',
    approvedSaid: 'L’identité est effacée. Les livres sont entiers.',
    refusedSaid: 'La demande est refusée. Rien n’est effacé.',
  },
};
