// The sentences of the legal pages. What only the landlord can say and has not said reads « à compléter ».

import {
  ACTIVATION_LINK_LIFETIME,
  ACTS_KEPT,
  BACKUPS_KEPT,
  CODE,
  CREATED_COOKIE_LIFETIME,
  DAY,
  DEPARTED_KEPT,
  EMAIL_LINK_LIFETIME,
  HELP,
  HISTORY_KEPT,
  KNOWN_DEVICE_LIFETIME,
  LETTER_COOKIE_LIFETIME,
  PASSKEYS,
  PENDING_ACCOUNT_LIFETIME,
  PENDING_EMAIL_LIFETIME,
  PROVISIONAL_LIFETIME,
  REPORTS_KEPT,
  RESET_LINK_LIFETIME,
  SESSION,
  SIGN_IN,
  WAITING_COOKIE_LIFETIME,
} from '../numbers.ts';
import { frenchDay, frenchLength } from './times.ts';

/** What the pages are filled with. */
export type LegalFacts = {
  organisation: string;
  address: string;
  phone: string;
  email: string;
  origin: string;
  director: string;
  dpo: string;
  mailProvider: string;
  graceDays: number;
  isProvisional: boolean;
  /** What stands before a cookie's name. */
  cookiePrefix: string;
  accessibility: AccessibilityFacts;
};

/** What the settings say of the audit; empty where nobody has said. */
type AccessibilityFacts = {
  state: 'none' | 'partial' | 'full';
  /** « Accessibilité : non conforme », as at the foot of every page. */
  claim: string;
  /** A percentage, `72.5`. */
  rate: string;
  /** ISO. */
  date: string;
  auditor: string;
  plan: string;
  report: string;
};

/** A paragraph, a list, or a table of two columns with its title. */
type Line = string | string[] | { caption: string; heads: [string, string]; rows: [string, string][] };

export type LegalPage = { title: string; intro: string; sections: { title: string; lines: Line[] }[] };

const TO_COMPLETE = 'à compléter';

const HOST = 'Cloudflare, Inc., 101 Townsend Street, San Francisco, CA 94107, États-Unis';
const HOST_PHONE = '+1 650 319 8930';

/** Who sends the mails, by `MAIL_PROVIDER`. */
export const mailProviders = { cloudflare: 'Cloudflare, Inc.', brevo: 'Brevo (Sendinblue SAS)' };

/** How the set model says each state. */
const CONFORMITY = {
  none: 'n’est pas conforme',
  partial: 'est partiellement conforme',
  full: 'est totalement conforme',
};

const RGAA = 'le référentiel général d’amélioration de l’accessibilité (RGAA), version 4.1';

/** The declaration in the set model (RGAA, order of 20 September 2019). */
function accessibility(facts: LegalFacts): LegalPage {
  const { organisation, phone, email, origin, accessibility: known } = facts;
  const audit = auditLines(known);
  return {
    title: 'Déclaration d’accessibilité',
    intro: known?.claim,
    sections: [
      {
        title: 'Engagement',
        lines: [
          `${organisation} s’engage à rendre ses sites internet accessibles, conformément à l’article 47 de la loi n° 2005-102 du 11 février 2005.`,
          'À cette fin, la stratégie et les actions suivantes sont mises en œuvre :',
          [`Schéma pluriannuel et plan d’actions de l’année : ${known?.plan || TO_COMPLETE}`],
          `Cette déclaration d’accessibilité s’applique au portail locataire, ${origin}.`,
        ],
      },
      { title: 'État de conformité', lines: [audit.state] },
      { title: 'Résultats des tests', lines: audit.results },
      { title: 'Contenus non accessibles', lines: audit.barriers },
      {
        title: 'Établissement de cette déclaration d’accessibilité',
        lines: [
          `Cette déclaration a été établie le : ${known?.date ? frenchDay(known.date) : TO_COMPLETE}.`,
          'Technologies utilisées pour la réalisation du portail :',
          ['HTML', 'CSS', 'SVG', 'JavaScript (pour le confort seulement : tout fonctionne sans)'],
          `Environnement de test, outils et pages vérifiées : ${audit.means}`,
        ],
      },
      {
        title: 'Retour d’information et contact',
        lines: [
          'Si vous n’arrivez pas à accéder à un contenu ou à un service, vous pouvez nous contacter pour être orienté vers une alternative accessible ou obtenir le contenu sous une autre forme.',
          [`Téléphone : ${phone}`, `Courriel : ${email}`],
        ],
      },
      {
        title: 'Voies de recours',
        lines: [
          'Si vous constatez un défaut d’accessibilité qui vous empêche d’accéder à un contenu ou à un service du portail, que vous nous le signalez et que vous n’obtenez pas de réponse satisfaisante, vous pouvez :',
          [
            'écrire un message au Défenseur des droits : https://formulaire.defenseurdesdroits.fr',
            'contacter le délégué du Défenseur des droits dans votre région : https://www.defenseurdesdroits.fr/saisir/delegues',
            'envoyer un courrier par la poste (gratuit, ne pas mettre de timbre) : Défenseur des droits, Libre réponse 71120, 75342 Paris CEDEX 07',
          ],
        ],
      },
    ],
  };
}

/** What the declaration says of the audit, and what it says while there is none. */
function auditLines(
  known: AccessibilityFacts,
): Record<'results' | 'barriers', Line[]> & Record<'state' | 'means', string> {
  const { state = 'none', rate, auditor, report } = known ?? {};
  const conformity = `Le portail locataire ${CONFORMITY[state]} avec ${RGAA}`;
  const exempted = [
    'Dérogations pour charge disproportionnée : aucune n’est demandée.',
    'Contenus non soumis à l’obligation d’accessibilité : aucun n’est déclaré.',
  ];
  if (!rate || !auditor) {
    return {
      state: `${conformity} : aucun audit n’a encore été fait.`,
      results: [
        'Aucun résultat : le portail n’a pas encore été audité.',
        'Ses pages sont vérifiées par un outil automatique pendant leur fabrication. Cela ne remplace pas un audit.',
      ],
      barriers: [
        'Sans audit, la liste des contenus non accessibles n’est pas connue.',
        [`Non-conformités : ${TO_COMPLETE} après l’audit.`, ...exempted],
      ],
      means: 'aucun, faute d’audit.',
    };
  }
  const found = state === 'full' ? 'aucune.' : `dans le rapport d’audit, ${report || TO_COMPLETE}`;
  return {
    state: state === 'full' ? `${conformity}.` : `${conformity}, en raison des non-conformités ci-dessous.`,
    results: [
      `L’audit réalisé par ${auditor} révèle que ${rate.replace('.', ',')} % des critères du RGAA sont respectés.`,
    ],
    barriers: [[`Non-conformités : ${found}`, ...exempted]],
    means: `dans le rapport d’audit, ${report || TO_COMPLETE}`,
  };
}

function notices({ organisation, address, phone, email, director }: LegalFacts): LegalPage {
  return {
    title: 'Mentions légales',
    intro: 'Qui publie ce portail, et qui l’héberge.',
    sections: [
      {
        title: 'Éditeur',
        lines: [
          organisation,
          [`Adresse : ${address || TO_COMPLETE}`, `Téléphone : ${phone}`, `Courriel : ${email}`],
        ],
      },
      {
        title: 'Direction de la publication',
        lines: [`Directeur ou directrice de la publication : ${director || TO_COMPLETE}`],
      },
      { title: 'Hébergeur', lines: [HOST, `Téléphone : ${HOST_PHONE}`] },
    ],
  };
}

function personalData(facts: LegalFacts): LegalPage {
  const { organisation, address, dpo, mailProvider } = facts;
  return {
    title: 'Données personnelles',
    intro: 'Ce que le portail sait de vous, pourquoi, combien de temps, et comment le faire corriger.',
    sections: [
      {
        title: 'Qui est responsable',
        lines: [
          `Le responsable du traitement : ${organisation}.`,
          [
            `Adresse : ${address || TO_COMPLETE}`,
            `Délégué à la protection des données : ${dpo || TO_COMPLETE}`,
          ],
        ],
      },
      {
        title: 'Pourquoi, et de quel droit',
        lines: [
          'Vos données servent à ouvrir votre espace client, à vérifier que c’est bien vous, à vous laisser entrer, et à protéger votre compte.',
          'Base légale : l’exécution d’une mission d’intérêt public (article 6, 1, e du règlement européen sur la protection des données, dit RGPD).',
          'Les cases marquées d’une étoile sont nécessaires : sans elles, le compte ne peut pas être créé.',
          'Le portail ne fait ni publicité, ni profilage, ni mesure d’audience.',
        ],
      },
      {
        title: 'Quelles données',
        lines: [
          [
            'De notre fichier : votre référence, vos nom et prénom, votre date de naissance. Pour un fournisseur : la raison sociale et le numéro SIRET. Votre adresse e-mail, si nous la connaissons.',
            'De vous : votre adresse e-mail et votre mot de passe. Le mot de passe est gardé sous une forme qui ne permet pas de le lire.',
            'De vous, si vous demandez à votre gestionnaire de vérifier : ce que vous avez écrit dans le formulaire, et votre téléphone si vous l’avez donné.',
            'Du portail : votre identifiant, les dates de vos connexions, le genre d’appareil (par exemple « iPhone »), les courriels envoyés (sans leur texte) et le nombre d’essais manqués.',
            'Si vous entrez sans mot de passe : pour chaque appareil, une clé publique, sa date et son genre. Votre empreinte et votre visage restent dans l’appareil.',
          ],
        ],
      },
      { title: 'Combien de temps', lines: [kept(facts)] },
      {
        title: 'Qui les voit',
        lines: [
          'Les personnes de nos services qui s’occupent de votre dossier ou du portail. Vos données ne sont ni vendues, ni prêtées.',
          'Qui les regarde ou agit sur votre compte est noté, avec son adresse e-mail professionnelle, la date et la raison. Ce qui est fait vous est dit par courriel, et figure dans « Mes connexions ».',
          'Nos prestataires techniques (sous-traitants) :',
          [`Hébergement du portail : ${HOST}`, `Envoi des courriels : ${mailProvider}`],
          `Garanties pour les données traitées hors de l’Union européenne : ${TO_COMPLETE}`,
        ],
      },
      {
        title: 'Vos droits',
        lines: [
          'Vous pouvez demander à voir vos données, à les corriger, à les effacer, à limiter leur usage, ou vous opposer à leur usage.',
          [
            'Dans votre espace : « Mes données », « Changer mon adresse e-mail », « Fermer mon compte ».',
            `En écrivant au délégué à la protection des données : ${dpo || TO_COMPLETE}`,
            'Ou en nous contactant : le téléphone et le courriel sont sous « Besoin d’aide ? ».',
          ],
          'Si notre réponse ne vous convient pas, vous pouvez vous plaindre à la CNIL : https://www.cnil.fr/fr/plaintes, ou par courrier : CNIL, 3 place de Fontenoy, TSA 80715, 75334 Paris CEDEX 07.',
        ],
      },
      {
        title: 'Les cookies',
        lines: [
          'Le portail pose seulement les petits fichiers (« cookies ») dont il a besoin pour fonctionner. La loi ne demande pas votre accord pour ceux-là.',
          cookies(facts),
        ],
      },
    ],
  };
}

/** How long, from the very numbers the portal lives by. */
function kept({ graceDays, isProvisional }: LegalFacts): Line {
  const provisional: [string, string][] = isProvisional
    ? [['Mot de passe provisoire', frenchLength(PROVISIONAL_LIFETIME)]]
    : [];
  const closed = graceDays > 0 ? `après ${frenchLength(graceDays * DAY)}` : 'aussitôt';
  const left = `Accès fermé ${closed} ; données effacées ${frenchLength(DEPARTED_KEPT)} après le départ`;
  return {
    caption: 'Durée de conservation',
    heads: ['Donnée', 'Durée'],
    rows: [
      ['Compte demandé, jamais activé', frenchLength(PENDING_ACCOUNT_LIFETIME)],
      ['Lien d’activation du compte', frenchLength(ACTIVATION_LINK_LIFETIME)],
      ['Lien pour un nouveau mot de passe', frenchLength(RESET_LINK_LIFETIME)],
      ['Lien pour confirmer une adresse e-mail', frenchLength(EMAIL_LINK_LIFETIME)],
      ['Nouvelle adresse e-mail, jamais confirmée', frenchLength(PENDING_EMAIL_LIFETIME)],
      ...provisional,
      [
        'Connexion ouverte',
        `${frenchLength(SESSION.idle)} sans activité, ${frenchLength(SESSION.absolute)} au plus`,
      ],
      ['Nombre d’essais manqués', frenchLength(SIGN_IN.window)],
      ['Activité du compte et courriels envoyés', frenchLength(HISTORY_KEPT)],
      [
        'Compte fermé',
        `Mot de passe effacé aussitôt, adresse e-mail sous ${frenchLength(DAY)}. L’identifiant reste réservé : il ne servira à personne d’autre`,
      ],
      ['Locataire ou fournisseur parti', left],
      ['Demande de vérification à votre gestionnaire', frenchLength(HELP.kept)],
      [
        'Code sur papier, sous une forme qui ne permet pas de le lire',
        `${frenchLength(CODE.lifetimes.counter)}, ${frenchLength(CODE.lifetimes.post)} par la poste`,
      ],
      ['Ce que nos services ont regardé ou fait dans le portail, et pourquoi', frenchLength(ACTS_KEPT)],
      ['Comptes rendus des mises à jour de notre fichier', frenchLength(REPORTS_KEPT)],
      ['Copies de secours de la base', `${frenchLength(BACKUPS_KEPT)} au plus`],
    ],
  };
}

function cookies({ cookiePrefix }: LegalFacts): Line {
  return {
    caption: 'Cookies du portail',
    heads: ['Nom', 'À quoi il sert, et combien de temps'],
    rows: [
      [
        `${cookiePrefix}appareil-…`,
        `Reconnaître un appareil qui s’est déjà connecté à un compte, pour que les essais d’autres personnes ne le bloquent pas : ${frenchLength(KNOWN_DEVICE_LIFETIME)}`,
      ],
      [`${cookiePrefix}session`, `Rester connecté : ${frenchLength(SESSION.absolute)} au plus`],
      [
        `${cookiePrefix}defi`,
        `Vérifier l’appareil qui entre sans mot de passe : ${frenchLength(PASSKEYS.challenge)}`,
      ],
      [
        `${cookiePrefix}partage`,
        `Retenir que vous partagez cet appareil, si vous l’avez indiqué : ${frenchLength(KNOWN_DEVICE_LIFETIME)}`,
      ],
      [
        `${cookiePrefix}attente`,
        `Retrouver la page « Ouvrez le courriel que nous venons de vous envoyer » : ${frenchLength(WAITING_COOKIE_LIFETIME)}`,
      ],
      [
        `${cookiePrefix}lettre`,
        `Reporter dans le formulaire le numéro lu sur votre courrier : ${frenchLength(LETTER_COOKIE_LIFETIME)}`,
      ],
      [
        `${cookiePrefix}aide`,
        `Montrer de nouveau le code d’une demande de vérification : ${frenchLength(HELP.kept)}`,
      ],
      [
        `${cookiePrefix}cree`,
        `Dire ce qui vient d’être fait (compte créé, mot de passe changé) et rappeler l’identifiant : ${frenchLength(CREATED_COOKIE_LIFETIME)}`,
      ],
    ],
  };
}

export const legalText = { accessibility, notices, personalData };
