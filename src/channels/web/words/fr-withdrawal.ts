/**
 * Is what the pages say in French about a withdrawal, from the form to the receipt.
 *
 * Two things are said again and again, because doubt about them makes people pay twice: where the money is at this
 * moment, and whether there is anything to do. A queue of ours is never put on the person who stands in it.
 */
export const frWithdrawal = {
  status: {
    held: 'En attente de sécurité',
    queued: 'En file',
    sending: 'Envoi en cours',
    sent: 'Confirmation attendue',
    checked: 'En examen',
    arrived: 'Arrivé',
    refused: 'Non abouti',
    cancelled: 'Annulé par vous',
    returned: 'Revenu',
  },
  withdraw: {
    title: 'Retirer',
    available: 'Disponible',
    phone: 'Numéro qui reçoit',
    phoneHint: 'L’argent arrive sur le compte mobile de ce numéro.',
    method: 'Arrivée sur',
    noMethod: 'Aucun retrait ouvert',
    noMethodHint:
      'Rien n’est ouvert pour ce pays en ce moment. Essayez un autre numéro, ou revenez plus tard.',
    amount: 'Montant à recevoir',
    amountHint: (percent: string) => `En francs, sans virgule. Des frais de ${percent} % s’ajoutent.`,
    amountHintFree: 'En francs, sans virgule. Aucuns frais ne s’ajoutent.',
    all: (amount: string) => `Tout retirer : ${amount}`,
    next: 'Continuer',
    nothingYet: 'Rien ne quitte votre portefeuille à cette étape.',
    lapsed: 'Les dix minutes pour confirmer sont passées. Rien n’est parti. Vérifiez, puis recommencez.',
  },
  withdrawConfirm: {
    title: 'Vérifiez avant d’envoyer',
    to: 'Vers',
    receives: 'Le destinataire reçoit',
    fee: 'Frais',
    noFee: 'Aucun',
    total: 'Pris dans le portefeuille',
    remains: 'Il vous restera',
    pin: 'Votre code PIN',
    pinHint: 'Il autorise ce montant vers ce numéro, une seule fois.',
    confirm: (amount: string) => `Envoyer ${amount}`,
    change: 'Modifier',
    until: (time: string) => `À confirmer avant ${time}.`,
    heldUntil: (when: string) =>
      `Par sécurité, ce retrait partira le ${when}. Vous pourrez l’annuler jusque-là.`,
    newTitle: 'Un numéro nouveau pour vous',
    newText: (phone: string) => `Vous n’avez encore jamais envoyé d’argent au ${phone}.`,
    codeSent: (ownPhone: string) => `Un code a été envoyé à VOTRE téléphone, le ${ownPhone}.`,
    code: 'Code à six chiffres',
    codePrivate:
      'Personne n’a le droit de vous demander ce code, même quelqu’un qui dit travailler pour nous.',
    allow: 'Autoriser ce numéro',
    noSms: 'Pas de SMS après une minute ?',
    resend: 'Envoyer un nouveau code',
    resent: 'Un nouveau code est parti.',
    noPinTitle: 'Choisissez d’abord un code PIN',
    noPinText: 'Il protège chaque retrait. Vous reviendrez ici ensuite.',
    choosePin: 'Choisir mon code PIN',
  },
  holdReasons: {
    phone: 'Votre numéro de connexion a changé il y a peu.',
    pin: 'Votre code PIN a été changé il y a peu.',
    device: 'Vous êtes sur un appareil nouveau pour votre compte.',
    unknown: 'Votre numéro, votre code PIN ou votre appareil a changé il y a peu.',
  },
  payout: {
    title: 'Retrait',
    held: {
      title: 'Votre retrait attend',
      text: 'L’argent est réservé dans votre portefeuille. Rien n’est parti.',
    },
    queued: {
      title: 'En file, votre argent est réservé',
      text: 'Le départ se fera tout seul, dès que possible. Vous n’avez rien à faire, ni à refaire.',
    },
    sending: { title: 'Votre retrait part', text: 'L’argent est réservé. Vous pouvez fermer cette page.' },
    card: {
      title: 'Continuez sur la page de la carte',
      text: 'Donnez votre carte sur la page sécurisée de l’opérateur : votre argent y arrivera. Il reste réservé jusque-là.',
    },
    sent: {
      title: 'Envoyé à l’opérateur, confirmation attendue',
      text: 'L’opérateur doit encore confirmer l’arrivée. Votre argent reste réservé jusque-là.',
    },
    checked: {
      title: 'Retrait en examen',
      text: 'L’opérateur annonce autre chose que ce qui a été envoyé. Une personne vérifie. Votre argent reste réservé.',
    },
    arrived: { title: 'Retrait arrivé', text: 'L’opérateur confirme que le destinataire a reçu l’argent.' },
    refused: {
      title: 'Retrait non abouti',
      text: 'L’argent est de nouveau disponible dans votre portefeuille.',
    },
    cancelled: { title: 'Retrait annulé', text: 'Rien n’est parti. L’argent est de nouveau disponible.' },
    returned: {
      title: 'Retrait revenu',
      text: 'L’opérateur a renvoyé l’argent. Montant et frais sont de nouveau dans votre portefeuille.',
    },
    why: 'Pourquoi',
    leavesAt: (when: string) => `Il partira tout seul le ${when}.`,
    notYou: 'Si vous ne reconnaissez pas ce retrait, annulez-le, puis changez votre code PIN.',
    dontRepeat: 'Ne recommencez pas.',
    dontRepeatWhy:
      'Un second retrait serait un second envoi. Celui-ci arrivera une fois, ou vous sera rendu.',
    peopleLook: 'La réponse tarde : une personne la cherche auprès de l’opérateur.',
    owed: (amount: string) =>
      `L’opérateur avait d’abord annoncé un échec et cet argent vous avait été rendu. Il est pourtant arrivé : ${amount} restent dus. Rien n’est pris sans vous ; les retraits sont suspendus jusqu’à ce que nous en parlions.`,
    due: 'Reste dû',
    cancel: 'Annuler ce retrait',
    mayClose: 'Vous pouvez fermer cette page, le retrait est suivi.',
    refresh: 'Actualiser',
    toHosted: 'Continuer chez l’opérateur',
    newBalance: 'Disponible maintenant',
    reserved: 'Réservé',
    given: 'Rendu au portefeuille',
    receipt: 'Voir le reçu',
    toWallet: 'Retour au portefeuille',
    again: 'Faire un autre retrait',
  },
  payoutFacts: {
    amount: 'Montant envoyé',
    fee: 'Frais',
    total: 'Pris dans le portefeuille',
    settled: 'Terminé le',
  },
};
