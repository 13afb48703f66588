// What the landlord's staff reads in the terminal (`npm run account`, `npm run clients:import`).

import type { Step } from '../account/case.ts';

export const supportText = {
  usage: 'Usage : npm run account -- IDENTIFIANT-OU-RÉFÉRENCE [--close --reason "MOTIF"] [--lift] [--remote]',
  dashes: (line: string) => `Écrivez « -- » devant les options, sinon npm les garde :\n  ${line}`,
  unknown: 'Personne sous cette référence ni sous cet identifiant.',
  notLoggedIn: 'Non connecté à Cloudflare. Lancez d’abord : npx wrangler login',
  notReached: (complaint: string) => `La base du portail n’est pas joignable : ${complaint}`,
  noTables: (command: string) => `La base est encore vide. Lancez d’abord : ${command}`,
  formerIdentifier: 'L’identifiant demandé est celui d’un ancien compte, fermé. Le plus récent est celui-ci.',
  cutReference: 'Si le dernier chiffre est celui que l’avis ajoute :',
  toLift: 'Pour lever la pause : --lift',
  /** Where the terminal has other means than the sentence of `words/case.ts` tells. */
  steps: {
    other_address_active:
      'Sinon, qu’elle change d’adresse dans son espace ; si elle n’y entre plus, fermez le compte avec --close.',
  } as Partial<Record<Step, string>>,
  lifted: (whose: string) => `La pause est levée : ${whose}. La personne peut réessayer.`,
  nothingToLift: (whose: string) => `Aucune pause en ce moment : ${whose}.`,
  mails: 'Courriels',
  events: 'Activité',
  next: 'À faire :',
  closedNow: (whose: string) => `Le compte est fermé : ${whose}. La personne peut en créer un nouveau.`,
  alreadyClosed: (whose: string) => `Ce compte est déjà fermé : ${whose}.`,
  whichOne:
    'Plusieurs personnes : rien n’est fermé. Redemandez avec l’identifiant entier de celle qui appelle.',
  clientFile: {
    usage:
      'Usage : npm run clients:import -- FICHIER.csv [--renumber] [--dry-run] [--remote] [--confirm EMPREINTE], ou --last [NUMÉRO]',
    noFile: (path: string) => `Le fichier ${path} n’existe pas.`,
    unreadable: (path: string) => `Le fichier ${path} ne peut pas être lu.`,
    noKey: 'La variable d’environnement CLIENTS_API_KEY manque.',
    wrongPort: 'PORT doit être un nombre de 1 à 65535.',
    wrongOrigin: 'PORTAL_ORIGIN doit être une adresse complète, comme https://portail.example.fr.',
    silent: (origin: string) => `Le portail ${origin} ne répond pas : rien n’a été changé.`,
    startFirst: 'Lancez d’abord npm start.',
    unsure: 'On ne sait pas si le fichier est appliqué : renvoyez le même fichier.',
    cut: 'La réponse du portail manque ou n’est pas entière.',
    moved: (where: string) =>
      `Le portail renvoie vers ${where} : rien n’a été changé. Corrigez PORTAL_ORIGIN.`,
    answered: (status: string) => `Le portail a répondu ${status}.`,
    nothingChanged: 'Rien n’a été changé.',
    nights: 'Rapports gardés :',
    linesToMend: 'Lignes à corriger :',
    toConfirm: (fingerprint: string) => `Pour passer outre : --confirm ${fingerprint}`,
  },
};
