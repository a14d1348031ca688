/**
 * Says in French what `npm run setup` asks and answers.
 */
export const FR_SETUP = {
  usage: (secrets: string) => `npm run setup                               demande, vérifie, et écrit .env
npm run setup -- --non-interactive          prend les réponses des options (--public-url …) et de l’environnement
  --replace                                 remplace un .env existant (l’ancien est gardé)
  --offline                                 ne vérifie rien hors de cette machine
  --file FICHIER                            un autre fichier que .env
  --admin-phone NUMÉRO                      fait le premier administrateur
npm run setup -- --test                     essaie ce qui est configuré, pas à pas
  --sms-to NUMÉRO                           envoie un vrai SMS
  --real-amount 100 --payer NUMÉRO --method wave [--yes]   demande de l’argent réel à ce téléphone
Les secrets ne se donnent jamais par des options : ${secrets} viennent de l’environnement.`,
  noTerminal:
    'Il n’y a pas de terminal où demander. Utilisez npm run setup -- --non-interactive, avec des options et l’environnement (--help).',
  givenUp: 'Abandonné. Rien n’a été écrit.',
  nothingWritten: 'Rien n’a été écrit.',
  offline: 'Rien n’a été écrit. --offline l’écrit sans regarder.',
  exists: (file: string) => `${file} existe. --replace le remplace et garde l’ancien.`,
  replace: (file: string) => `${file} existe. Le remplacer ? L’ancien est gardé`,
  writeAnyway: 'Tout ne marche pas encore. L’écrire quand même ?',
  again: 'Reprendre les questions ?',
  next: 'Ensuite : npm run setup -- --test essaie tout, npm start démarre, npm run doctor veille.',
  adminPhone: 'Numéro du premier administrateur, avec +indicatif (rien : plus tard)',
  unwritable: 'La configuration ne peut pas être écrite :',
  variable: (name: string, why: string) => `  ${name} : ${why}`,
  written: (file: string) => `${file} est écrit, lisible par son propriétaire seul.`,
  keptAs: (backup: string) => `Celui d’avant est gardé sous ${backup}.`,
  notWritten: (file: string, code: string) => `${file} n’a pas pu être écrit (${code}). Rien n’a été changé.`,
  secretFlag: (variable: string) =>
    `${variable} est un secret : donnez-le dans l’environnement, jamais sur la ligne de commande.`,
  payerNeeded: '--real-amount veut --payer NUMÉRO, le téléphone à qui l’on demande de l’argent réel',
  oneLine: 'doit tenir sur une ligne',
  quotes: 'ne peut pas avoir les trois sortes de guillemets',
  needed: 'est nécessaire ici',
  keeps: (message: string) => `${message} (ne rien taper garde l’actuel)`,
  chooses: (message: string) => `${message} (↑ ↓, puis Entrée)`,
  yes: 'Oui',
  no: 'Non',
  questions: {
    MODE: 'À quoi sert cette installation ? demo : pour essayer ; production : de vraies personnes',
    DATABASE_URL:
      'PostgreSQL, sous la forme postgres://utilisateur:motdepasse@hôte:5432/nom (rien : base embarquée, pour essayer)',
    PUBLIC_URL: 'Adresse où les gens et le fournisseur le joignent',
    GETMIPAY_API_URL: 'Adresse de GetMiPay, avec sa version (rien : le simulateur intégré)',
    GETMIPAY_ENVIRONMENT: 'Quel argent les clés déplacent-elles ? live : réel ; sandbox : fictif',
    GETMIPAY_REHEARSAL:
      'De l’argent fictif en production : est-ce une répétition, sur une base qui ne deviendra jamais la vraie ?',
    GETMIPAY_GENERATION: 'Quelle interface parle votre compte ? jwt est celle qui est documentée',
    GETMIPAY_API_KEY: 'Clé publique',
    GETMIPAY_SECRET_KEY: 'Clé secrète',
    GETMIPAY_WEBHOOK_SECRET: 'Secret qui signe les notifications',
    GETMIPAY_WEBHOOK_RECIPE: 'Quels octets sont signés ?',
    SMS_GATEWAY_URL: 'Relais qui envoie les SMS (rien : affichés sur une page, pour essayer)',
    SMS_GATEWAY_TOKEN: 'Jeton du relais',
    BACKUP_TO: 'Dossier ou s3://bac/prefixe des sauvegardes (rien : aucune n’est faite)',
    BACKUP_RECIPIENT:
      'Qui peut ouvrir les sauvegardes : age1… (npm run backup -- --new-key FICHIER fait une paire)',
    S3_ENDPOINT: 'Adresse du magasin',
    S3_REGION: 'Région du magasin',
    S3_ACCESS_KEY_ID: 'Clé du magasin',
    S3_SECRET_ACCESS_KEY: 'Clé secrète du magasin',
  },
};
