/**
 * Says in French what the programs of the command line tell, ask for and refuse, setup's questions aside.
 */
export const FR_COMMANDS = {
  colon: ' : ',
  unknownFlag: (flag: string) => `option inconnue : ${flag}`,
  unexpectedWord: (word: string) => `mot inattendu : ${word}`,
  flagNeedsValue: (flag: string) => `${flag} veut une valeur`,
  strangeFlags: (why: string) => `ligne de commande incomprise : ${why}`,
  langFlag: '--lang fr|en choisit la langue ; sinon c’est celle du terminal (LANG).',
  stopped: (why: string) => `Arrêté : ${why}`,
  portInUse: (port: number) =>
    `Le port ${port} est pris par un autre programme. Arrêtez-le, ou mettez-en un autre dans PORT (le simulateur : SIMULATOR_PORT).`,
  kept: (file: string, backup: string) => `${file} est écrit ; celui d’avant est gardé sous ${backup}.`,
  written: (file: string) => `${file} est écrit.`,
  doctor: {
    usage:
      'npm run doctor    passe la liste de contrôle d’une mise en service : bon, à voir ou mauvais, et quoi faire ; ne change rien',
  },
  migrate: {
    usage: 'npm run migrate    amène la base au schéma de cette version, et finit',
    nothing: 'Rien à migrer.',
    ran: (names: string) => `Migrées : ${names}`,
  },
  backup: {
    usage: `npm run backup                      fait une sauvegarde là où le dit BACKUP_TO
npm run backup -- --restart-heads --reason POURQUOI   après une restauration : les têtes publiées avant ne lient plus
npm run backup -- --new-key FICHIER    fait une paire de clés : FICHIER ouvre les sauvegardes, le destinataire affiché les ferme`,
    keyMade: (path: string) =>
      `${path} ouvre les sauvegardes. Gardez-en des copies là où cette machine n’est pas ; sans lui, aucune sauvegarde ne s’ouvre.`,
    keyExists: (path: string) =>
      `${path} existe : une clé n’en remplace jamais une autre, prenez un autre nom`,
    needsReason: '--restart-heads veut --reason : elle est publiée avec la prochaine tête',
    noShelf: 'ni HEADS_TO ni BACKUP_TO n’est donné',
    restarted: (place: string, ledger: string, trail: string) =>
      `publié dans ${place} : grand livre nº ${ledger}, piste d’audit nº ${trail}`,
    forgotten: 'Les têtes d’avant ne sont plus comparées. Fermez l’alarme dans la console.',
    noPlace: 'BACKUP_TO n’est pas donné : un dossier, ou s3://bac/prefixe',
    made: (name: string, rows: number, bytes: number, seq: string, took_ms: number) =>
      `${name} : ${rows} lignes, ${bytes} octets, journal jusqu’à ${seq}, en ${took_ms} ms`,
    gone: (place: string, gone: number) =>
      `gardée dans ${place} ; ${gone < 2 ? `${gone} ancienne retirée` : `${gone} anciennes retirées`}`,
    noSecret:
      'SECRET_KEY et SEAL_KEYS n’y sont pas : gardez-les ailleurs aussi. npm run restore -- --drill la prouve.',
  },
  restore: {
    usage: `npm run restore -- --list                  ce qui est gardé, et ce qui en a été essayé
npm run restore -- --drill [--name NOM]    restaure dans une base d’essai, prouve les livres, dit le temps que cela prend
npm run restore -- --into BASE [--name NOM] [--identity FICHIER]
                                           restaure dans une base vide de ce nom, sur le serveur de DATABASE_URL`,
    noPlace: 'BACKUP_TO n’est pas donné : où sont les sauvegardes ?',
    noIdentity: 'BACKUP_IDENTITY_FILE n’est pas donné : qu’est-ce qui l’ouvre ?',
    identityNeeded: '--identity FICHIER : il faut le fichier qui ouvre les sauvegardes',
    noBackup: (place: string) => `il n’y a pas de sauvegarde dans ${place}`,
    noServer: 'DATABASE_URL n’est pas donné : sur quel serveur ?',
    untried: 'pas essayée',
    proven: (took_ms: number) => `prouvée en ${took_ms} ms`,
    broken: 'NE SE RESTAURE PAS',
    stray: (name: string) => `${name}  sans son manifeste : NE SE RESTAURE PAS`,
    count: (count: number, place: string) => `${count} dans ${place}`,
    drilled: (name: string, took_ms: number) => `${name} : prouvée, en ${took_ms} ms`,
    failed: (name: string, took_ms: number) => `${name} : NE SE RESTAURE PAS, en ${took_ms} ms`,
    done: (name: string, seq: string) => `${name} : restaurée et prouvée, journal jusqu’à ${seq}.`,
    frozen:
      'Les retraits sont gelés : ce qui a été payé après la sauvegarde n’y est pas. Voyez docs/fr/runbooks/restore.md.',
  },
  sealKeys: {
    usage: `npm run seal-keys                  dit combien de lignes sont en clair ou sous une autre clé que la première
npm run seal-keys -- --add         1. fait une clé qui ouvre ; puis redémarrez chaque processus
npm run seal-keys -- --promote     2. la nouvelle clé scelle ; puis redémarrez chaque processus
npm run seal-keys -- --rotate      3. scelle chaque ligne de nouveau sous la première ; peut être relancé
npm run seal-keys -- --drop        4. retire les anciennes clés, quand plus rien n’est sous elles
npm run seal-keys -- --close       après une mise à niveau, quand plus aucune ancienne version ne tourne : plus rien n’est écrit en clair
--file FICHIER nomme la configuration (.env)`,
    thenPromote: 'Redémarrez chaque processus, puis npm run seal-keys -- --promote.',
    thenRotate: 'Redémarrez chaque processus, puis npm run seal-keys -- --rotate.',
    thenRestart: 'Redémarrez chaque processus. Les sauvegardes veulent l’ancienne clé.',
    plainly: 'Les lignes sont écrites en clair, pour une version plus ancienne.',
    left: (plain: string, otherKey: string) =>
      `${plain} en clair, ${otherKey} sous une autre clé que la première.`,
    soFar: (column: string, rows: number) => `${column} : ${rows} lignes jusqu’ici`,
    meanwhile: 'Un processus avec l’ancienne liste a écrit entre-temps : redémarrez-le, et relancez ceci.',
    rotateFirst: 'Lancez d’abord npm run seal-keys -- --rotate. Rien n’a été changé.',
    noFile: (file: string) =>
      `${file} n’est pas là : changez SEAL_KEYS là où vous le gardez, voyez SECURITY.md`,
    oneKey: (step: string) => `SEAL_KEYS n’a qu’une clé : --${step} n’a rien à faire`,
  },
  person: {
    usage: `npm run person -- --phone NUMÉRO [--to FICHIER] [--reason TEXTE]
                                               écrit tout ce qui est gardé sur cette personne ; écrit dans la piste d’audit
npm run person -- --phone NUMÉRO --unlink-authenticator --reason TEXTE
                                               laisse un opérateur lier un autre authentificateur ; écrit dans la piste d’audit
npm run person -- --phone NUMÉRO --erase --by NUMÉRO-ADMIN --reason TEXTE
                                               efface qui c’est et garde les livres ; sans retour ; écrit dans la piste d’audit`,
    nobody: 'personne n’a ce numéro',
    byNobody: '--by : personne n’a ce numéro',
    by: (why: string) => `--by : ${why}`,
    written: (file: string) =>
      `${file} est écrit, lisible par son propriétaire seul. Donnez-le à cette personne et à nulle autre.`,
    exists: (file: string) => `${file} existe : prenez un autre nom avec --to`,
    erased: (id: string, payments: number, until: string) =>
      `${id} n’a plus ni nom ni numéro ; ${payments} paiements gardent leurs montants. Gardez les livres jusqu’au ${until}. Les sauvegardes d’avant savent encore qui c’était.`,
    unlinked:
      'L’authentificateur est délié et les sessions sont finies. La prochaine connexion en lie un autre. La piste d’audit le dit.',
  },
  start: {
    usage: 'npm start    construit, migre et démarre le produit ; .env et l’environnement le configurent',
    embedded: 'base embarquée (PGlite) : pour essayer, jamais pour de l’argent réel',
    role: (role: string) => `rôle : ${role}`,
    logins: 'Connexions de démonstration (téléphone, PIN). Un code par SMS marche aussi :',
    messages: (url: string) => `messages : ${url}`,
    phone: (url: string) => `Téléphone simulé : ${url}`,
    simulator: (url: string) => `Simulateur GetMiPay : ${url}`,
  },
  seed: {
    usage: `npm run seed -- --payments NOMBRE [--days JOURS] [--seed MOT]
                                           remplit une base d’essai d’un long passé inventé, aux livres justes`,
    figures: '--payments est un nombre entier à partir de 1, --days un de 1 à 390.',
    production: 'Un passé inventé n’a pas sa place en production : MODE est production.',
    soFar: (payments: number) => `${payments} paiements`,
    done: (payments: number, transfers: number, members: number, tontines: number, seconds: string) =>
      `${payments} paiements, ${transfers} transferts, ${members} membres, ${tontines} tontines en ${seconds} s`,
  },
};
