/**
 * Is what the pages say in French about notes that leave a box: to a member, or to another box.
 */
export const frTontineNotes = {
  notes: {
    title: 'Espèces à remettre',
    lead: 'Remises par l’un, confirmées par l’autre : alors seulement, c’est compté.',
    emptyTitle: 'Rien à remettre',
    empty: 'Ce qui doit sortir d’une caisse apparaîtra ici.',
    toMembers: 'À remettre à des membres',
    none: 'Rien n’attend.',
    between: 'D’une caisse à l’autre',
    purposes: {
      payout: 'Cagnotte',
      guarantee: 'Caution rendue',
      credit: 'Avance rendue',
      refund: 'Remboursement',
      aid: 'Aide de solidarité',
    },
    ofRound: (name: string, round: number) => `${name}, tour ${round}`,
    waiting: 'à remettre',
    declared: (keeper: string) => `remis par ${keeper}, à confirmer`,
    awaits: (name: string) => `${name} doit répondre`,
    yours: {
      'hand-over': 'vous pouvez les remettre',
      'confirm-handover': 'votre confirmation est attendue',
      answer: 'votre réponse est attendue',
    },
    boxes: 'Ce que contient chaque caisse',
    free: (amount: string) => `dont ${amount} libres`,
    gone: (face: string) => `${face} : une autre personne du bureau remet ces espèces.`,
    give: 'Remettre à une autre caisse',
    giveLead: 'Comptez les billets ensemble. L’autre confirmera de son téléphone.',
    from: 'De quelle caisse',
    fromHint: 'Avec ce que chacune a de libre.',
    ownBox: 'La mienne',
    to: 'À qui',
    amount: 'Montant remis en main',
    amountHint: (amount: string) => `Au plus ${amount}.`,
    pinHint: 'Il signe que ces espèces ont changé de mains.',
    given: 'C’est inscrit. La confirmation est attendue.',
    nobody: 'Personne d’autre ne peut tenir une caisse : donnez d’abord un rôle de trésorerie à quelqu’un.',
  },
  note: {
    titles: { handout: 'Remise en espèces', handover: 'D’une caisse à l’autre' },
    to: 'Pour',
    what: 'Au titre de',
    amount: 'Montant',
    from: 'De la caisse de',
    into: 'À la caisse de',
    keeper: 'Remis par',
    since: 'À remettre depuis',
    declaredAt: 'Déclaré le',
    confirmedBy: 'Confirmé par',
    confirmedAt: 'Confirmé le',
    refusedAt: 'Refusé le',
    short: (free: string) =>
      `Dans votre caisse, libres : ${free}. Ce n’est pas assez. Une autre caisse peut remettre ces espèces, ou vous en donner d’abord.`,
    next: {
      'hand-over': (to: string, _by: string) =>
        `Remettez ces espèces à ${to} en main propre, puis signez ici.`,
      keeper: (_to: string, _by: string) => 'Une personne du bureau qui tient une caisse doit les remettre.',
      'confirm-own': (_to: string, by: string) =>
        `${by} dit vous avoir remis ces espèces. Comptez-les, puis confirmez.`,
      'confirm-other': (to: string, by: string) =>
        `${by} dit les avoir remises à ${to}, qui ne peut pas répondre ici. Confirmez si vous l’avez vu.`,
      receiver: (to: string, _by: string) => `${to} doit dire si ces espèces sont arrivées.`,
      officer: (to: string, _by: string) =>
        `${to} ne peut pas répondre ici : une deuxième personne du bureau doit confirmer.`,
      answer: (_to: string, by: string) =>
        `Avez-vous en main ces espèces de la caisse de ${by} ? Comptez-les avant de répondre.`,
      confirmed: (_to: string, _by: string) => 'Remis et confirmé : les livres en tiennent compte.',
      refused: (_to: string, by: string) => `Pas reçu : ces espèces restent dans la caisse de ${by}.`,
      cancelled: (_to: string, _by: string) => 'Annulé : ces espèces restent dans la caisse.',
    },
    answers: { yes: 'Oui, bien reçu', no: 'Non, pas reçu' },
    pinHint: 'Il signe votre réponse, une seule fois.',
    takeBack: 'Elles sont encore dans la caisse',
    takeBackHint: 'Il signe que ces espèces n’ont pas quitté la caisse.',
    done: {
      'hand-over': 'C’est inscrit. La confirmation est attendue.',
      'confirm-handover': 'C’est confirmé.',
      yes: 'C’est confirmé.',
      no: 'C’est inscrit : ces espèces ne sont pas arrivées.',
      'take-back': 'C’est inscrit : ces espèces sont encore dans la caisse.',
    },
    all: 'Toutes les espèces à remettre',
  },
};
