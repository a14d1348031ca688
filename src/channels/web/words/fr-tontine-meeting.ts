/**
 * Is what the pages say in French about a meeting: running it and its blank sheet.
 */
import { countedIn } from './count.ts';

const counted = (count: number, one: string, many: string) => countedIn('fr', count, one, many);

export const frTontineMeeting = {
  meeting: {
    title: (round: number) => `Réunion du tour ${round}`,
    lead: 'Présences, cotisations, amendes et comptage, sur un seul téléphone.',
    present: (count: number, of: string) => `${count} ${count < 2 ? 'présent' : 'présents'} sur ${of}`,
    sheet: 'Feuille à imprimer',
    open: 'Ouvrir la réunion',
    roll: 'Appel et cotisations',
    presences: { present: 'Présent', represented: 'Représenté', excused: 'Excusé', absent: 'Absent' },
    decisions: (count: number) => counted(count, 'décision', 'décisions'),
    decide: 'Noter une décision',
    decision: 'La décision, en une phrase',
    decideGive: 'Noter',
    done: 'C’est noté.',
    taken: 'Déclaré. La confirmation est attendue.',
    take: (amount: string) => `Espèces ${amount}`,
    declared: (amount: string) => `${amount} à confirmer`,
    other: 'Autre montant',
    fine: 'Donner une amende',
    member: 'Membre',
    fineAmount: 'Montant de l’amende',
    reason: 'Raison',
    fineGive: 'Inscrire l’amende',
    boxes: 'Comptage des caisses',
    boxOf: (keeper: string) => `Caisse de ${keeper}`,
    opening: 'Au début',
    came: 'Entré',
    went: 'Sorti',
    expected: 'Doit contenir',
    counted: 'Compté',
    variance: (amount: string) => `Écart : ${amount}. La réunion ne se ferme pas sans explication approuvée.`,
    explanation: 'Explication de l’écart',
    explain: 'Expliquer l’écart',
    count: 'Argent compté dans votre caisse',
    countHint: 'Billets et pièces, tels qu’ils sont là.',
    countGive: 'Inscrire le comptage',
    end: 'Fin de la réunion',
    endHint: 'Il signe les totaux, qui sont ensuite lus à haute voix.',
    close: 'Fermer la réunion',
    closed: 'Réunion fermée. Les totaux sont ceux des livres.',
  },
  sheet: {
    title: (name: string, round: string) => `${name}, tour ${round}`,
    lead: (day: string, recipient: string, each: string) =>
      `${day} · bénéficiaire : ${recipient} · ${each} par part`,
    nobody: 'à désigner',
    print: 'Imprimer',
    printHint: 'Imprimez cette page avec le menu de votre navigateur.',
    region: 'Feuille de réunion, à faire défiler',
    number: 'N°',
    member: 'Membre',
    columns: 'Présent,Cagnotte,Solidarité,Amende,Signature',
    blanks: 'Caisse au début,Entré,Sorti,Compté à la fin,Président,Trésorier',
  },
  minutes: { pdf: 'Procès-verbal en PDF' },
};
