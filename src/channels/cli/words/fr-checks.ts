/**
 * Says in French what the doctor, setup and its test look at, see and advise.
 */
const count = (number: number, one: string, more: string): string => `${number} ${number < 2 ? one : more}`;

export const FR_CHECKS = {
  states: { green: '✔ bon      ', amber: '! à voir   ', red: '✘ mauvais  ' },
  summary: (green: number, amber: number, red: number) =>
    `${count(green, 'bon', 'bons')}, ${amber} à voir, ${count(red, 'mauvais', 'mauvais')}`,
  notSeen: (why: string) => `n’a pas pu être regardé (${why})`,
  seeTest: 'voyez ce qu’en dit npm run setup -- --test',
  noReason: 'sans raison',
  mode: {
    name: 'mode',
    demo: 'bon pour essayer ; npm run setup en fait une production',
    rehearsal: 'personne ne paie d’argent réel : dites-le aux gens, ou mettez les clés réelles',
  },
  envFile: {
    name: 'fichier de configuration',
    none: 'aucun ; tout est dans l’environnement',
    closed: (mode: string) => `pour son propriétaire seul (${mode})`,
    open: (mode: string) => `d’autres peuvent le lire (${mode})`,
    cure: 'chmod 600 .env, et changez les clés qui y sont',
  },
  log: {
    name: 'journal technique',
    tooMuch: 'mettez LOG_LEVEL=info : il remplit le disque et en dit trop',
    nothing: 'mettez LOG_LEVEL=info : personne ne saura ce qui s’est passé',
  },
  node: {
    name: 'Node',
    seen: (version: string, wanted: string) => `${version} ; il faut ${wanted}`,
    tooOld: 'lancez-le par npm, ou par node_modules/.bin/node : le bon Node vient avec les paquets',
    untried: (tried: number) =>
      `cette version a été éprouvée avec Node ${tried} : lancez-la par npm, ou par node_modules/.bin/node`,
  },
  disk: {
    name: 'disque',
    seen: (share: number, gigabytes: number) => `${share} % libres, ${gigabytes} Go`,
    unknown: (why: string) => `pas mesuré (${why})`,
    look: 'regardez avec df -h',
    cure: 'faites de la place : un disque plein arrête la base',
  },
  webhook: {
    name: 'secret de notification',
    simulator: 'celui du simulateur',
    none: 'aucun',
    set: 'donné',
    two: 'deux sont acceptés',
    cure: 'mettez GETMIPAY_WEBHOOK_SECRET comme dans le tableau de bord',
    dropOld: 'après le changement, retirez l’ancien',
  },
  site: {
    name: 'site',
    up: 'prêt à l’adresse publique',
    silent: 'pas de réponse à l’adresse publique',
    answers: (status: number) => `répond ${status}`,
    cure: 'démarrez-le ; nom, pare-feu et proxy doivent y mener ; /health dit si la base est là',
  },
  certificate: {
    name: 'certificat',
    none: 'pas de https',
    proxy: 'mettez devant un proxy avec un certificat, comme Caddy',
    days: (days: number) => `bon pour ${count(days, 'jour', 'jours')}`,
    cure: 'il ne se renouvelle pas seul : regardez le journal du proxy',
  },
  database: {
    name: 'base de données',
    embedded: 'embarquée, pour essayer seulement',
    inUse: 'embarquée, et utilisée par l’application qui tourne',
    nothingToDo: 'rien à faire pour essayer ; mettez DATABASE_URL avant que de vraies personnes viennent',
    setUrl: 'mettez DATABASE_URL avant que de vraies personnes viennent',
    seen: (version: number, used: number, most: number, standbys: number) =>
      `PostgreSQL ${version}, ${used} connexions sur ${most}, ${standbys} de secours`,
    tooOld: (oldest: number) =>
      `il faut la version ${oldest} ou plus récente : faites une sauvegarde, puis pg_upgrade, ou restaurez-la sur un serveur récent`,
    tooNew: (newest: number) =>
      `cette version du produit a été éprouvée jusqu’à PostgreSQL ${newest} : faites un exercice de restauration sur ce serveur avant de vous y fier`,
    standby:
      'c’est un serveur de secours : nommez tous les hôtes dans DATABASE_URL et finissez par target_session_attrs=read-write',
    forgetful:
      'fsync et synchronous_commit doivent être actifs : avec le courant, des écritures seraient perdues',
    full: 'presque toutes les connexions sont prises : augmentez max_connections, ou baissez DATABASE_CONNECTIONS',
    notSynchronous: (seen: string) => `${seen}, dont aucun synchrone`,
    wantsStandby:
      'si ce disque meurt, ce qui est venu après la dernière sauvegarde est perdu : voyez docs/fr/SCALING.md',
    away: (why: string) => `pas jointe (${why})`,
    cures: {
      password: 'le mot de passe dans DATABASE_URL est faux',
      notLetIn: 'le serveur ne laisse pas entrer cet utilisateur d’ici : voyez son pg_hba.conf',
      absent: 'cette base n’existe pas : createdb la crée',
      refused: 'rien n’écoute là : démarrez PostgreSQL, ou corrigez l’hôte et le port dans DATABASE_URL',
      noAddress: 'l’hôte dans DATABASE_URL n’a pas d’adresse',
      other: 'démarrez PostgreSQL, et comparez DATABASE_URL avec lui',
    },
  },
  migrations: {
    name: 'migrations',
    seen: (product: string, last: string) => `Tontine Pro ${product}, schéma ${last}`,
    missing: (product: string, missing: number) =>
      `Tontine Pro ${product} en connaît ${missing} que la base n’a pas`,
    migrate: 'npm run migrate, ou démarrez le produit : il le fait de lui-même',
    newer: (product: string, names: string) => `Tontine Pro ${product} ne connaît pas ${names}`,
    goForward:
      'la base vient d’une version plus récente : remettez celle-là, rien ne revient en arrière ; ou restaurez une sauvegarde d’avant',
    edited: (names: string) => `${names} : le fichier n’est plus celui qui est passé sur la base`,
    takeBack:
      'remettez les fichiers de la version installée (git checkout -- migrations, ou l’image d’origine)',
  },
  jobs: {
    name: 'tâches',
    never: 'personne n’a jamais travaillé ici',
    seen: (quiet_s: number, waiting: number, failed: number) =>
      `dernier signe de vie il y a ${quiet_s} s, ${waiting} en attente, ${failed} abandonnées en un jour`,
    silent: (patience_s: number) => `aucun signe de vie en ${patience_s} s`,
    cure: 'démarrez un processus avec ROLE=worker ou all, et regardez son journal',
    log: 'le journal du worker dit quelle tâche échoue, et pourquoi',
  },
  sealing: {
    name: 'clés de scellement',
    plainly: 'les numéros sont écrits en clair, pour une version plus ancienne',
    close: 'npm run seal-keys -- --close, quand plus aucune ancienne version ne tourne',
    many: (keys: number) => `${keys} ouvrent ce qui est scellé`,
    rotate: 'npm run seal-keys -- --rotate, puis npm run seal-keys -- --drop',
    own: 'une, à elle',
    derived: 'dérivée de SECRET_KEY',
    add: 'npm run seal-keys -- --add',
  },
  demoPeople: {
    name: 'personnes de démonstration',
    none: 'aucune',
    inDemo: (people: number) => `${people}, comme dans toute démonstration`,
    seen: (people: number) => `${people}, dont tout le monde peut lire le PIN`,
    cure: 'une base qui a servi à essayer n’est pas pour de vraies personnes : commencez avec une base vide',
  },
  admins: {
    name: 'administrateurs',
    none: 'aucun',
    appoint: 'npm run setup -- --replace --admin-phone NUMÉRO',
    another: 'une vérification se décide à deux : donnez un rôle à quelqu’un d’autre',
  },
  secondFactors: {
    name: 'seconds facteurs',
    linked: (linked: number, all: number) => `liés par ${linked} sur ${all}`,
    missing: (without: number, all: number) =>
      `${count(without, 'administrateur', 'administrateurs')} sur ${all} sans authentificateur lié`,
    cure: 'qu’ils entrent une fois dans /console/, et en lient un avant de rien y voir',
  },
  months: {
    kinds: { journal: 'écritures', events: 'événements' },
    ahead: 'mois préparés',
    archived: 'mois archivés',
    ready: (kind: string, count: number) => `${kind} ${count}`,
    until: (kind: string, day: string) => `${kind} jusqu’au ${day}`,
    noneDue: 'aucun n’est dû',
    waiting: (which: string) => `en attente : ${which}`,
    cureAhead: 'un worker les prépare chaque nuit : docs/fr/runbooks/months.md',
    cureArchived: 'un worker qui a BACKUP_TO les archive chaque nuit : docs/fr/runbooks/months.md',
  },
  heads: {
    name: 'têtes publiées',
    none: 'aucune',
    notYet: 'aucune encore',
    setPlace:
      'mettez HEADS_TO ou BACKUP_TO : personne dehors ne pourrait dire que les livres ont été réécrits',
    cureBroken:
      'docs/fr/runbooks/rewritten-books.md ; après une restauration : npm run backup -- --restart-heads --reason POURQUOI',
    curePublish: 'un worker avec HEADS_TO ou BACKUP_TO en publie une par minute : regardez son journal',
    broken: (file: string, chain: string, seq: string, reason: string) =>
      `${file} : ${chain} nº ${seq} ${reason}`,
    chains: { ledger: 'grand livre', trail: 'piste d’audit' },
    reasons: { 'not-ours': 'n’est pas de nous', missing: 'manque', differs: 'diffère' },
    agree: (checked: number, minutes: number, key: string) =>
      `${checked} concordent, la plus récente a ${count(minutes, 'minute', 'minutes')} ; leur clé est ${key}`,
  },
  backups: {
    name: 'sauvegardes',
    none: 'aucune n’est faite',
    set: 'mettez BACKUP_TO et BACKUP_RECIPIENT : voyez docs/fr/BACKUP.md',
    notYet: 'il n’y en a pas encore',
    age: (hours: number) => `la plus récente a ${count(hours, 'heure', 'heures')}`,
    cure: 'npm run backup dit pourquoi ; un worker avec BACKUP_TO en fait une chaque nuit',
  },
  drill: {
    name: 'exercice de restauration',
    never: 'personne n’a essayé d’en restaurer une',
    failed: (why: string) => `échoué : ${why}`,
    another: 'faites une sauvegarde maintenant, et essayez celle-là',
    proven: (days: number, seconds: number) =>
      `prouvé il y a ${count(days, 'jour', 'jours')}, en ${seconds} s`,
    cure: 'npm run restore -- --drill, sur une machine qui a l’identité',
  },
  provider: {
    name: 'authentification',
    simulator: 'le simulateur intégré',
    getmipay: (environment: string) => `GetMiPay, ${environment}`,
    accepted: (where: string) => `${where} : les clés sont acceptées`,
    not: (where: string, what: string, evidence: string) => `${where} : ${what} (${evidence})`,
    access: {
      refused: 'refusées',
      unreachable: 'pas joint',
      strange: 'les clés passent, et les services ne se lisent pas',
    },
    cures: {
      refused:
        'comparez les deux clés avec le tableau de bord, et voyez si elles sont de GETMIPAY_ENVIRONMENT ; certains comptes listent aussi les adresses qui peuvent appeler',
      unreachable:
        'GETMIPAY_API_URL doit être l’adresse de l’API avec sa version, joignable depuis cette machine',
      strange:
        'essayez l’autre GETMIPAY_GENERATION ; si l’adresse est juste, envoyez cette preuve au fournisseur',
    },
  },
  services: {
    name: 'services',
    none: (listed: number) => `${listed} listés, aucun utilisable`,
    ask: 'demandez au fournisseur d’ouvrir des services : sans eux, personne ne peut payer ni retirer',
    usable: (usable: number) => `${count(usable, 'utilisable', 'utilisables')}`,
    header: 'pays     moyen         sens            montants',
    in: 'entrée',
    out: 'sortie',
    range: (least: string, most: string) => `${least} à ${most}`,
    fee: (percent: number) => `, frais ${String(percent).replace('.', ',')} %`,
    code: ', avec un code',
    noPayouts: 'rien ne peut sortir : faites ouvrir les versements avant d’inviter des gens',
  },
  balance: {
    name: 'solde',
    unknown: 'le fournisseur ne dit pas ce qu’il tient pour nous',
    open: 'les retraits ne peuvent pas attendre quand le flottant est trop bas ; faites ouvrir l’appel du solde',
    empty: 'les retraits attendent que des dépôts, ou un virement de vous, remplissent le flottant',
  },
  callback: {
    name: 'notification',
    elsewhere: 'répondu 200, mais elle n’est pas dans cette base',
    compare: 'une autre installation répond à PUBLIC_URL : comparez son DATABASE_URL avec celui-ci',
    unsigned: 'revenue, sans signature',
    setSecret: 'mettez GETMIPAY_WEBHOOK_SECRET : sans lui, n’importe qui nous fait interroger le fournisseur',
    forged: (status: number) => `une fausse a reçu ${status}, et non 401`,
    restart:
      'le processus à PUBLIC_URL a un autre GETMIPAY_WEBHOOK_SECRET ou une autre recette : redémarrez-le avec ce .env',
    good: 'signée, envoyée à PUBLIC_URL et revenue ; une fausse a été refusée',
    silent: (why: string) => `pas de réponse de PUBLIC_URL (${why})`,
    certificate: 'le certificat n’est pas bon : le fournisseur le refusera aussi',
    start: 'démarrez le produit, et menez PUBLIC_URL jusqu’à lui : nom, pare-feu, proxy',
    refused: 'notre propre signature a été refusée',
    answered: (status: number) => `a répondu ${status}`,
    proxy: (path: string) => `autre chose répond là : le proxy doit laisser passer ${path}, sans rediriger`,
  },
  clock: {
    name: 'horloge',
    behind: (seconds: number) => `${seconds} s de retard sur le fournisseur`,
    ahead: (seconds: number) => `${seconds} s d’avance sur le fournisseur`,
    cure: 'laissez la machine se mettre à l’heure par NTP (timedatectl set-ntp true)',
    unknown: (why: string) => `pas comparée : ${why}`,
    look: 'voyez vous-même si la machine se met à l’heure par NTP (timedatectl)',
  },
  sms: {
    name: 'SMS',
    none: 'pas de relais : les messages s’affichent sur une page',
    set: 'mettez SMS_GATEWAY_URL avant que de vraies personnes viennent',
    sent: 'le relais a pris un message : voyez s’il est arrivé',
    notTaken: (why: string) => `le relais ne l’a pas pris (${why})`,
    answers: 'quelqu’un répond à SMS_GATEWAY_URL ; --sms-to NUMÉRO envoie un message',
    silent: (why: string) => `personne ne répond à SMS_GATEWAY_URL (${why})`,
    cure: 'démarrez le relais ; comparez SMS_GATEWAY_URL et SMS_GATEWAY_TOKEN avec lui',
  },
  realPayment: {
    name: 'paiement réel',
    nobody: 'personne n’a de compte avec ce numéro',
    logIn: 'connectez-vous une fois avec lui : l’argent va dans son portefeuille',
    noMethod: 'ce moyen n’existe pas',
    methods: (methods: string) => `--method est l’un de ${methods}`,
    seeServices: 'voyez le tableau des services',
    agree: (amount: string, method: string) =>
      `${amount} d’argent réel seront demandés à ce téléphone (${method}).`,
    notAgreed: 'pas d’accord ; rien n’a été demandé',
    yes: '--yes donne l’accord',
    mend: 'corrigez cela et recommencez',
    seen: (reference: string, state: string) => `${reference} est ${state}`,
    gone: 'introuvable',
    history: 'sa page dans l’historique dit pourquoi',
    approve:
      'acceptez-le sur le téléphone ; s’il reste ainsi, voyez si un worker tourne. Le produit continue de demander',
  },
  firstAdmin: {
    name: 'premier administrateur',
    made: 'qui tient ce numéro se connecte avec un code par SMS',
    give: 'donnez-le par --admin-phone',
    ask: 'demandez-leur',
  },
};
