/**
 * Is every word that a page says, in French: the source from which the other languages are checked.
 *
 * Its type is the shape that `en.ts` must fill, so a sentence forgotten in one language does not compile. Values
 * arrive as finished text (amounts, dates, numbers are written elsewhere), so no word knows how a franc is printed.
 * Plain spaces are typed here; `french-typography.ts` makes those before « : ; ? ! » unbreakable.
 */
import { countedIn } from './count.ts';
import { frConsole } from './fr-console.ts';
import { frConsoleFacts } from './fr-console-facts.ts';
import { frConsolePayments } from './fr-console-payments.ts';
import { frConsolePeople } from './fr-console-people.ts';
import { frConsoleWatch } from './fr-console-watch.ts';
import { frDeposit } from './fr-deposit.ts';
import { frTontine } from './fr-tontine.ts';
import { frWithdrawal } from './fr-withdrawal.ts';

const counted = (count: number, one: string, many: string) => countedIn('fr', count, one, many);

export const fr = {
  ...frDeposit,
  ...frWithdrawal,
  status: { ...frDeposit.status, ...frWithdrawal.status },
  tontines: frTontine,
  console: { ...frConsole, ...frConsolePayments, ...frConsoleWatch, ...frConsoleFacts, ...frConsolePeople },
  methods: {
    wave: 'Wave',
    orange_money: 'Orange Money',
    moov_money: 'Moov Money',
    mtn_money: 'MTN Money',
    visa: 'Carte Visa',
  },
  countries: {
    CI: "Côte d'Ivoire",
    SN: 'Sénégal',
    BJ: 'Bénin',
    TG: 'Togo',
    BF: 'Burkina Faso',
    ML: 'Mali',
    NE: 'Niger',
    GN: 'Guinée',
    CM: 'Cameroun',
  },
  frame: {
    skip: 'Aller au contenu',
    mainNavigation: 'Navigation principale',
    wallet: 'Portefeuille',
    tontines: 'Tontines',
    topup: 'Recharger',
    withdraw: 'Retirer',
    history: 'Historique',
    profile: 'Profil',
    otherLanguage: 'English',
    demoBanner: 'Démonstration : aucun argent réel.',
    demoSms: 'Lire les SMS',
    demoPhone: 'Téléphone simulé',
    success: 'Réussi',
    info: 'À savoir',
    warning: 'Attention',
    error: 'Refusé',
    promise: 'Chaque franc est écrit, daté et vérifiable.',
  },
  home: {
    title: "L'argent de la tontine, visible par tous",
    lead: 'Rechargez, cotisez, recevez. Chacun voit où va chaque franc, depuis le téléphone qu’il a déjà.',
    safeTitle: 'Rien ne se perd',
    safe: 'Un paiement compte une seule fois, même si le réseau coupe au milieu.',
    proofTitle: 'Tout se prouve',
    proof: 'Chaque mouvement a un reçu que n’importe qui peut vérifier.',
    phoneTitle: 'Votre téléphone suffit',
    phone: 'Pages légères, en 2G comme en 4G. Rien à installer.',
    promises: 'Nos trois engagements',
    methodsTitle: 'Rechargez avec',
    signIn: 'Entrer avec mon numéro',
    noPassword: 'Sans mot de passe : un code par SMS suffit.',
  },
  login: {
    title: 'Se connecter',
    lead: 'Entrez avec votre numéro. La première fois, votre compte est ouvert aussitôt.',
    phone: 'Numéro de téléphone',
    phoneHint: 'Avec ou sans indicatif, par exemple 07 07 07 07 07 ou +221 77 123 45 67.',
    countries: (names: string) => `Neuf pays acceptés : ${names}.`,
    way: 'Comment voulez-vous entrer ?',
    bySms: 'Recevoir un code par SMS',
    bySmsHint: 'Six chiffres, valables 10 minutes.',
    byPin: "J'ai un code PIN",
    byPinHint: 'Celui que vous avez choisi dans votre profil.',
    next: 'Continuer',
    codeTitle: 'Tapez le code reçu',
    codeLead: (phone: string) =>
      `Si le ${phone} peut recevoir un SMS, un code à six chiffres vient d'y être envoyé.`,
    code: 'Code à six chiffres',
    neverGive: 'Ne donnez ce code à personne, même à quelqu’un qui dit travailler pour nous.',
    enter: 'Entrer',
    resend: 'Envoyer un nouveau code',
    noSms: 'Pas de SMS après une minute ?',
    otherNumber: 'Changer de numéro',
    pinTitle: 'Tapez votre code PIN',
    pinLead: (phone: string) => `Pour le numéro ${phone}.`,
    pin: 'Code PIN',
    forgotPin: 'PIN oublié ? Entrer avec un code par SMS',
  },
  profile: {
    title: 'Profil',
    you: 'Vous',
    name: 'Nom affiché',
    nameHint: 'Celui que votre groupe verra.',
    phone: 'Numéro',
    language: 'Langue',
    languageHint: 'Pour les pages et pour les SMS.',
    french: 'Français',
    english: 'English',
    save: 'Enregistrer',
    messagesTitle: 'SMS',
    messagesOn: 'Vous recevez un SMS quand de l’argent arrive dans votre portefeuille ou en sort.',
    messagesOff: 'Vous ne recevez pas de SMS sur vos mouvements.',
    messagesHint: 'Gratuit pour vous. Jamais de numéro ni de code dedans.',
    messagesStop: 'Ne plus en recevoir',
    messagesStart: 'Recevoir ces SMS',
    pinTitle: 'Code PIN',
    pinSet: 'Vous avez un code PIN. Le changer ferme vos autres sessions.',
    pinMissing: 'Choisissez un code PIN pour entrer sans attendre de SMS.',
    currentPin: 'PIN actuel',
    newPin: 'Nouveau PIN',
    newPinHint: 'De 4 à 6 chiffres. Évitez 1234, 0000 et votre date de naissance.',
    newPinAgain: 'Nouveau PIN, une seconde fois',
    setPin: 'Choisir ce PIN',
    changePin: 'Changer le PIN',
    sessionsTitle: 'Appareils connectés',
    sessionCurrent: 'Cet appareil',
    sessionSeen: (when: string) => `Vu le ${when}`,
    sessionOpened: (when: string) => `Ouvert le ${when}`,
    unknownDevice: 'Appareil inconnu',
    revoke: 'Déconnecter',
    revokeOne: (device: string) => `Déconnecter ${device}`,
    revokeOthers: 'Déconnecter tous les autres appareils',
    saved: 'Enregistré.',
    signOut: 'Me déconnecter',
  },
  wallet: {
    title: 'Portefeuille',
    greeting: (name: string) => `Bonjour ${name}`,
    available: 'Disponible',
    books: 'Solde inscrit',
    reserved: 'Réservé',
    onTheWay: 'En route',
    topup: 'Recharger',
    withdraw: 'Retirer',
    pendingTitle: 'En cours',
    pendingCount: (count: number) => counted(count, 'paiement en cours', 'paiements en cours'),
    pendingIn: 'Recharge',
    pendingOut: 'Retrait',
    movementsTitle: 'Derniers mouvements',
    all: 'Tout l’historique',
    emptyTitle: 'Aucun mouvement pour le moment',
    empty: 'Rechargez votre portefeuille : la première ligne s’écrira ici.',
    movement: {
      deposit: 'Recharge',
      reversal: 'Recharge annulée',
      withdrawal: 'Retrait',
      fee: 'Frais de retrait',
      giveBack: 'Retrait revenu',
      contribution: 'Cotisation',
      pot: 'Cagnotte reçue',
      aid: 'Aide de solidarité',
      groupBack: 'Rendu par la tontine',
      shareOut: 'Part du fonds commun',
      exchange: 'Espèces changées',
      share: 'Place de tontine',
      correction: 'Correction',
    },
    balanceAfter: (amount: string) => `Solde ${amount}`,
  },
  errors: {
    400: {
      title: 'Demande incomprise',
      text: 'Ce qui a été envoyé ne peut pas être lu. Revenez en arrière, actualisez la page et recommencez.',
    },
    403: {
      title: 'Accès refusé',
      text: 'Cette action n’est pas permise avec votre compte, ou la page est restée ouverte trop longtemps. Revenez en arrière, actualisez la page et recommencez.',
    },
    404: {
      title: 'Page introuvable',
      text: 'Cette adresse ne mène à rien, ou ce qu’elle montre ne vous appartient pas.',
    },
    429: {
      title: 'Trop de tentatives',
      text: 'Pour protéger votre compte, il faut attendre un peu avant de recommencer.',
    },
    500: {
      title: 'Une erreur de notre côté',
      text: 'Votre argent est en sécurité : une opération est écrite entièrement, ou pas du tout. Vérifiez votre historique avant de recommencer.',
    },
    503: {
      title: 'Service momentanément indisponible',
      text: 'Nous revenons vite. Ce qui était en cours continue d’être suivi, vous n’avez rien à refaire.',
    },
    wait: (seconds: number) =>
      seconds < 90
        ? `Réessayez dans ${counted(seconds, 'seconde', 'secondes')}.`
        : `Réessayez dans ${counted(Math.ceil(seconds / 60), 'minute', 'minutes')}.`,
    requestId: 'Numéro à donner si vous nous écrivez',
    toWallet: 'Aller au portefeuille',
    toHome: 'Aller à l’accueil',
    toHistory: 'Voir mon historique',
  },
  demo: {
    smsTitle: 'SMS de la démonstration',
    smsLead: 'Aucun SMS ne part d’ici : voici ce que les téléphones auraient reçu.',
    to: (phone: string) => `À ${phone}`,
    refresh: 'Actualiser',
    emptyTitle: 'Aucun SMS',
    empty: 'Demandez un code de connexion : il apparaîtra ici.',
  },
};

/** The shape that every language fills. */
export type Words = typeof fr;
