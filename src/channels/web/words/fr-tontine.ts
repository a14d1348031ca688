/**
 * Is what the pages say in French about a tontine: finding one, founding one, and following it.
 *
 * The words are those of the field. "Retard" is only said once the deadline is over, and what is still to come is never
 * called missing.
 */
import { countedIn } from './count.ts';
import { frTontineActs } from './fr-tontine-acts.ts';
import { frTontineJournal } from './fr-tontine-journal.ts';
import { frTontineMeeting } from './fr-tontine-meeting.ts';
import { frTontineNotes } from './fr-tontine-notes.ts';
import { frTontineRules } from './fr-tontine-rules.ts';

const counted = (count: number, one: string, many: string) => countedIn('fr', count, one, many);

export const frTontine = {
  ...frTontineRules,
  ...frTontineActs,
  acts: frTontineJournal,
  ...frTontineMeeting,
  ...frTontineNotes,
  roles: {
    president: 'Présidence',
    'vice-president': 'Vice-présidence',
    treasurer: 'Trésorerie',
    secretary: 'Secrétariat',
    censor: 'Censeur',
    auditor: 'Commissaire aux comptes',
    member: 'Membre',
  },
  faces: {
    invited: 'Invité',
    asked: 'Demande à entrer',
    active: 'Membre',
    suspended: 'Suspendu',
    declined: 'Non admis',
    resigned: 'Parti',
    expelled: 'Exclu',
    deceased: 'Décédé',
  },
  due: {
    paid: 'payé',
    partial: 'en partie',
    due: 'à payer',
    upcoming: 'à venir',
    late: 'en retard',
    covered: 'avancé',
    forgiven: 'remis',
    none: 'rien à payer',
  },
  pin: {
    label: 'Votre code PIN',
    noneTitle: 'Choisissez d’abord un code PIN',
    none: 'Il protège ce que vous faites ici. Vous reviendrez à cette page ensuite.',
    choose: 'Choisir mon code PIN',
  },
  standing: {
    forming: (members: number) => `En formation · ${counted(members, 'membre', 'membres')}`,
    complete: 'Cycle terminé : chaque part a reçu sa cagnotte',
    round: (number: number, of: string) => `Tour ${number} sur ${of}`,
    paid: (count: number, of: string) => `${count} sur ${of} ${count < 2 ? 'a payé' : 'ont payé'}`,
    nothingOwed: 'vous êtes à jour',
    owe: (amount: string, when: string) => `votre part : ${amount} avant ${when}`,
    late: (amount: string, when: string) => `en retard : ${amount}, à payer depuis ${when}`,
  },
  list: {
    title: 'Tontines',
    emptyTitle: 'Votre première tontine',
    empty:
      'Fondez un groupe et invitez vos proches, ou entrez dans un groupe avec le code que l’on vous a donné.',
    found: 'Fonder une tontine',
    open: 'Ouvrir',
    pay: (amount: string) => `Payer ${amount}`,
    toDecide: (count: number) => counted(count, 'demande attend votre voix', 'demandes attendent votre voix'),
    code: 'Code d’invitation',
    codeHint: 'Dix lettres et chiffres, donnés par quelqu’un du groupe.',
    join: 'Voir ce groupe',
    invited: (name: string) => `${name} vous invite`,
    accept: 'Rejoindre',
    decline: 'Non merci',
    joined: 'Vous êtes membre de ce groupe.',
    declined: 'L’invitation est refusée.',
    asked: 'Votre demande est envoyée. Le bureau du groupe vous répondra.',
  },
  dates: {
    title: 'Calendrier',
    lead: 'Tous les tours du cycle, avec la cagnotte de chacun.',
    none: 'Le calendrier s’écrira au départ du cycle.',
    nobody: 'Personne à ce tour',
    mine: 'vous',
    past: 'reçu',
    present: 'maintenant',
  },
  group: {
    all: 'Toutes mes tontines',
    grid: 'Qui a payé',
    gridMore: 'Tout le tableau',
    calendar: 'Les prochains tours',
    calendarMore: 'Tout le calendrier',
    funds: 'Où est l’argent',
    rules: 'Les règles',
    rulesMore: 'Tout le règlement',
    journal: 'Ce que le bureau a fait',
    journalMore: 'Tout le journal',
  },
  round: {
    title: (number: number, of: string) => `Tour ${number} sur ${of}`,
    undecided: 'Le bénéficiaire n’est pas encore désigné.',
    forMe: 'C’est votre tour de recevoir.',
    for: (names: string) => `Pour ${names}`,
    of: (expected: string) => `réunis, sur ${expected}`,
    open: (when: string) => `À payer avant ${when}.`,
    closed: (when: string) => `Terminé depuis ${when} : la cagnotte peut être versée.`,
    served: (when: string) => `Cagnotte versée. Échéance : ${when}.`,
    pay: (amount: string) => `Payer ${amount}`,
    payout: 'Suivre la cagnotte',
  },
  forming: {
    title: 'Le groupe se forme',
    joined: (count: number) => counted(count, 'membre', 'membres'),
    wait: 'Le cycle commencera quand la présidence le lancera.',
    code: 'Code à donner :',
    share: 'Inviter par WhatsApp',
    message: (name: string, url: string) => `Rejoins notre tontine ${name} : ${url}`,
    start: 'Lancer le cycle',
  },
  notices: {
    title: 'Pour vous',
    kinds: {
      'contribution.received': 'Votre reçu',
      'contribution.corrected': 'Cotisation corrigée',
      'cash.to-confirm': 'Espèces à confirmer',
      'payout.paid': 'Cagnotte versée',
      'payout.reminder': 'Avez-vous bien reçu la cagnotte ?',
      'penalty.levied': 'Amende',
      'penalty.waived': 'Amende remise',
      'rules.adopted': 'Nouveau règlement',
      'turn.changed': 'Votre tour a changé',
      'guarantee.returned': 'Caution rendue',
      'aid.granted': 'Aide accordée',
      'fund.shared-out': 'Votre part du fonds commun',
      'draw.committed': 'Tirage au sort ouvert : ajoutez vos mots',
      'auction.opened': 'Cagnotte mise aux enchères',
      'ballot.opened': 'Vote ouvert : à qui la cagnotte ?',
    },
  },
  turn: {
    title: 'Mon tour',
    undecided: (amount: string) => `Pas encore décidé. Vous recevrez ${amount}.`,
    served: (round: number, day: string, amount: string) => `Tour ${round}, ${day} : ${amount} reçus.`,
    coming: (round: number, day: string, amount: string) =>
      `Tour ${round}, ${day} : vous recevrez ${amount}.`,
  },
  tasks: {
    title: 'Ce que vous pouvez faire ici',
    approvals: 'Demandes et voix',
    payout: 'Cagnotte du tour',
    meeting: 'Réunion',
    cash: 'Espèces',
    notes: 'Espèces à remettre',
    members: 'Membres et invitations',
    draw: 'Tirage au sort',
    auction: 'Enchère du tour',
    vote: 'Vote du tour',
    aid: 'Solidarité',
    swap: 'Échanger mon tour',
    replace: 'Remplacer un membre',
    guarantee: 'Se porter garant',
    default: 'Défaillances',
    exit: 'Quitter le groupe',
    sheet: 'Feuille à imprimer',
    cycle: 'Fin du cycle, cycle suivant',
    'share-out': 'Partager le fonds commun',
  },
  funds: {
    pot: 'Cagnotte',
    solidarity: 'Solidarité',
    guarantee: 'Caution',
    fines: 'Amendes',
    interest: 'Fonds commun',
    box: (keeper: string) => `Caisse de ${keeper}`,
    inCash: (amount: string) => `dont ${amount} en espèces`,
  },
  journal: {
    title: 'Journal',
    lead: 'Chaque acte du bureau, avec son auteur et sa raison. Rien n’y est effacé.',
    empty: 'Rien pour le moment.',
    because: (reason: string) => `« ${reason} »`,
    byRule: 'Le règlement',
    older: 'Plus anciens',
  },
  grid: {
    title: 'Qui a payé',
    lead: 'Chaque membre, à chaque tour.',
    region: 'Tableau des paiements, à faire défiler',
    member: 'Membre',
    round: 'Tour',
    now: (number: number) => `Tour ${number}`,
    receives: 'reçoit la cagnotte',
    earlier: 'Tours précédents',
    later: 'Tours suivants',
  },
};

/** An office in a group. */
export type Role = keyof typeof frTontine.roles;
/** How somebody stands in a group. */
export type MemberFace = keyof typeof frTontine.faces;
/** What can be done about a member. */
export type MemberAct = keyof typeof frTontine.member.actNames;
/** What is asked of the officers. */
export type ApprovalKind = keyof typeof frTontine.approvals.kinds;
/** What became of it. */
export type ApprovalFace = keyof typeof frTontine.approvals.faces;
/** Who stands in for a defaulter. */
export type CoverSource = keyof typeof frTontine.default.sources;
