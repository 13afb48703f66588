// What the landlord's staff reads in the terminal (`npm run account`, `npm run clients:import`).

import type { Step } from '../account/next-step.ts';
import type { Shared } from '../client/candidates.ts';
import type { RequestState } from '../schema.ts';

export const supportText = {
  usage:
    'Usage : npm run account -- IDENTIFIANT-OU-RÉFÉRENCE-OU-CODE-DE-DEMANDE [--close --reason "MOTIF"] [--lift] [--remote]',
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
  /** A help code: what was typed, and whom of the file it may mean. */
  request: {
    made: (code: string, when: string) => `Demande de vérification ${code}, faite ${when}.`,
    states: {
      open: 'Personne n’y a encore répondu.',
      waiting: 'Elle attend que le fichier des clients soit corrigé.',
      accepted: 'Acceptée : le courriel d’activation est parti.',
      refused: 'Refusée : un courriel l’a dit.',
      matched: 'Réglée par une mise à jour du fichier : le courriel d’activation est parti.',
      has_account: 'Close : la personne a ouvert un compte depuis.',
      left: 'Close : le client attendu a quitté le fichier.',
    } satisfies Record<RequestState, string>,
    typed: 'Ce qui a été écrit',
    born: (date: string) => `naissance ${date}`,
    siret: (siret: string) => `SIRET ${siret}`,
    phone: (phone: string) => `téléphone ${phone}`,
    candidates: 'Dans le fichier',
    nobody: 'Personne qui ressemble.',
    differs: (what: string) => `diffère : ${what}`,
    same: 'tout est pareil',
    left: 'parti',
    parts: {
      reference: 'référence',
      birth_date: 'date de naissance',
      siret: 'SIRET',
      name: 'nom',
      given_name: 'prénom',
    } satisfies Record<Shared, string>,
    next: 'Vérifiez d’abord qui appelle. Si le fichier des clients se trompe, faites-le corriger : le courriel d’activation partira alors de lui-même. Sinon, répondez au guichet.',
    only: 'Un code de demande se montre seulement. Pour --close et --lift, donnez l’identifiant ou la référence.',
  },
  /** To the landlord's own people, who try the sending. */
  trialMail: {
    subject: 'Essai d’envoi du portail locataire',
    body: (origin: string) =>
      `Ceci est un essai d’envoi du portail ${origin}. Si vous lisez ce courriel, les courriels du portail peuvent partir.`,
  },
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
