/**
 * Is what the pages say in French where a share changes hands or is answered for: replacing a member, standing as
 * guarantor, a default, next of kin.
 */
import { countedIn } from './count.ts';

const counted = (count: number, one: string, many: string) => countedIn('fr', count, one, many);

export const frTontineShares = {
  replace: {
    title: 'Remplacer un membre',
    lead: 'Une part change de titulaire, avec tous ses droits et toutes ses dettes. Les deux doivent être d’accord, puis le bureau.',
    nothing: 'Aucune part ne peut être reprise en ce moment.',
    office: 'Un membre du bureau écrit la proposition ; les deux personnes répondent ici.',
    faces: { asked: 'Remplacement proposé', done: 'Part reprise', refused: 'Refusé', lapsed: 'Sans réponse' },
    share: 'Part',
    shareText: (number: number, name: string, round: number | undefined) =>
      round === undefined ? `Part ${number} · ${name}` : `Part ${number} · ${name}, tour ${round}`,
    to: 'Reprise par',
    from: 'Titulaire actuel',
    price: 'Prix de la part',
    prices: {
      paid: 'Ce que la part a payé pour les cagnottes, moins ce qu’elle a reçu.',
      none: 'Cette part a déjà reçu au moins ce qu’elle a payé, ou n’a rien payé : elle passe sans prix.',
    },
    owed: 'Dû maintenant, repris avec la part',
    settled:
      'Payé de portefeuille à portefeuille au dernier accord, ou entre eux si l’un n’a pas de téléphone.',
    look: 'Voir le prix',
    pinHint: 'Il écrit cette proposition. Rien n’est payé avant les deux accords et celui du bureau.',
    propose: 'Proposer',
    waitsFor: {
      from: 'Le titulaire actuel doit répondre.',
      to: 'La personne qui reprend doit répondre.',
      both: 'Les deux personnes doivent répondre.',
      officers: 'Le bureau décide.',
    },
    next: { give: 'Céder ma part', take: 'Reprendre cette part' },
    nextHints: {
      give: 'Il cède la part, avec ce qu’elle doit recevoir encore.',
      take: 'Il engage votre portefeuille : le prix en part au dernier accord.',
    },
    decline: 'Non',
    done: 'C’est inscrit.',
  },
  guarantee: {
    title: 'Se porter garant',
    lead: 'Si la part ne paie plus après sa cagnotte, vous payez à sa place. Personne n’en est délié avant la fin du cycle.',
    unused: 'Le règlement de ce groupe ne fait pas payer les garants.',
    nothing: 'Il n’y a aucune part dont vous puissiez répondre.',
    signed: 'Qui répond pour qui',
    line: (guarantor: string, name: string) => `${guarantor} pour ${name}`,
    share: 'Pour quelle part ?',
    look: 'Voir ce que je risque',
    most: 'Au plus',
    mostHint: (rounds: number) =>
      `Tout ce que cette part n’a pas encore payé, sur ${counted(rounds, 'tour', 'tours')}. Jamais plus que ce que votre portefeuille contient ce jour-là.`,
    pinHint: 'Il vous engage jusqu’à la fin du cycle.',
    give: 'Me porter garant',
    done: 'Votre garantie est inscrite.',
  },
  default: {
    title: 'Défaillances',
    lead: 'Une part qui a reçu sa cagnotte et ne paie plus : ce qu’elle doit, à qui, et qui avance.',
    none: 'Aucune défaillance n’est déclarée.',
    nothing: 'Aucune part servie n’a de retard : il n’y a rien à déclarer.',
    faces: {
      asked: 'Le bureau décide de la couverture',
      refused: 'Couverture refusée',
      covered: 'Couverture accordée',
      settled: 'Tout est payé',
    },
    debt: 'Dette',
    left: 'Reste à payer',
    recovered: 'Payé par le défaillant',
    sources: {
      deposit: 'Sa caution',
      guarantor: 'Ses garants',
      guarantee: 'Le fonds de garantie, à chaque cagnotte',
      'pro-rata': 'Les suivants reçoivent moins, chacun en proportion',
      defaulter: 'Le défaillant',
    },
    paidBy: (name: string) => `${name}, garant`,
    claims: (count: number) => `Manquerait à ${counted(count, 'membre', 'membres')}`,
    adds: (sum: string) => `Ces parts font ensemble ${sum}.`,
    order: 'Qui paie, dans l’ordre du règlement',
    nobody: 'personne n’a signé',
    wallets: 'ce que contient leur portefeuille',
    upTo: (amount: string) => `au plus ${amount}`,
    declare: 'Déclarer une défaillance',
    share: 'Quelle part ?',
    look: 'Voir la dette',
    reason: 'Raison',
    reasonHint: 'Elle sera lue par tous les membres.',
    pinHint: 'Il déclare la défaillance, une seule fois, et demande au bureau de la couvrir.',
    give: 'Déclarer',
    again: 'Une demande refusée ou sans réponse se refait de la même façon.',
    request: 'Voir la demande',
    done: 'La défaillance est déclarée.',
  },
  kin: {
    title: 'En cas de décès',
    lead: (name: string) => `Qui répond pour ${name}, et reçoit ce qui lui revient.`,
    leadMine: 'Qui répond pour vous, et reçoit ce qui vous revient.',
    link: 'Nommer un proche',
    named: 'Proche nommé',
    name: 'Son nom',
    phone: 'Son numéro',
    phoneHint: 'C’est le portefeuille de ce numéro qui recevrait. Sans numéro, ce serait en espèces.',
    pinHint: 'Il remplace le nom donné avant.',
    give: 'Enregistrer',
    done: 'C’est enregistré.',
  },
};
