// Every sentence on a page, keyed by page. Letters keep their own, in src/mail.
// Spaces before : ; ? ! and inside « » are no-break ones; a test walks this file.

import type { DeadLink } from '../account/links.ts';
import type { PasswordLine } from '../account/password/rule.ts';
import type { PasswordWeakness } from '../account/password/weakness.ts';
import type { BirthDateRefusal } from '../client/birth-date.ts';
import type { EmailRefusal } from '../mail/address.ts';
import type { TokenPurpose } from '../mail/kinds.ts';
import { LENGTHS } from '../numbers.ts';
import type { Device, EventKind, MailKind, MailReason, MailState } from '../schema.ts';

const passwordLines = {
  length: '8 caractères',
  upper: 'Une majuscule',
  lower: 'Une minuscule',
  digit: 'Un chiffre',
  special: 'Un caractère spécial (par exemple ! ? . - * # %)',
} satisfies Record<PasswordLine, string>;

/** Why a password is refused that keeps the rule; `word` is what it is made of. */
const passwordRefusals = {
  common: (word: string) => `Les voleurs essaient « ${word} » en premier, même avec des chiffres.`,
  own_name: (word: string) => `On trouve « ${word} » dans votre nom : ce mot de passe est facile à deviner.`,
  own_number: () => 'Votre identifiant et votre référence sont écrits sur vos courriers.',
  landlord: (word: string) => `On trouve « ${word} » dans notre nom : ce mot de passe est facile à deviner.`,
} satisfies Record<PasswordWeakness, (word: string) => string>;

/** What to choose in its place. */
const passwordInstead = (phrase: string) =>
  `Prenez plutôt trois mots sans rapport et un nombre, par exemple ${phrase}.`;

const birthDateRefusals = {
  birth_date_shape: 'Indiquez le jour, le mois et l’année. Par exemple 14071956.',
  birth_date_year: 'Indiquez l’année en quatre chiffres. Par exemple 14071956.',
  birth_date_impossible: 'Cette date n’existe pas dans le calendrier. Vérifiez le jour, le mois et l’année.',
  birth_date_future: 'Cette date est dans le futur. Vérifiez l’année de votre naissance.',
} satisfies Record<BirthDateRefusal, string>;

const tooLong = (most: number) => `Ce texte est trop long : ${most} caractères au plus.`;

const emailRefusals = {
  email_empty: () => 'Indiquez votre adresse e-mail, par exemple marie@orange.fr',
  email_several: () => 'Indiquez une seule adresse e-mail : il y en a plusieurs dans cette case.',
  email_no_at: () => 'Il manque le signe @ dans votre adresse e-mail. Par exemple marie@orange.fr',
  email_no_name: () =>
    'Il manque le début de votre adresse e-mail, devant le signe @. Par exemple marie@orange.fr',
  email_space: () => 'Il y a un espace dans votre adresse e-mail. Effacez-le.',
  email_letter: (sign = '') =>
    `Une adresse e-mail s’écrit sans accent ni apostrophe : remplacez le signe « ${sign} ».`,
  email_ending: (ending = '') =>
    `Il manque la fin de votre adresse e-mail, derrière « @${ending} ». Par exemple marie@orange.fr`,
  email_too_long: () => tooLong(LENGTHS.email),
  email_shape: () => 'Votre adresse e-mail n’est pas complète. Comparez-la à celle-ci : marie@orange.fr',
} satisfies Record<EmailRefusal, (sign?: string) => string>;

type Ending = { title: string; body: string };

/** What a dead link says, whatever it was for. */
const deadLinks = {
  unknown: {
    title: 'Ce lien n’est pas encore reconnu, ou ne l’est plus',
    body: 'Si vous venez de recevoir ce courriel, attendez une minute, puis appuyez de nouveau sur le lien. Sinon, recommencez votre demande.',
  },
  used: {
    title: 'Ce lien a déjà servi',
    body: 'Votre compte est actif. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
  },
  already_active: {
    title: 'Votre compte est déjà actif',
    body: 'Vous n’avez plus besoin de ce lien. Vous pouvez vous connecter avec votre identifiant et votre mot de passe.',
  },
  not_active: {
    title: 'Ce compte n’est pas encore activé',
    body: 'Ouvrez le courriel d’activation. Si vous ne l’avez plus, créez de nouveau votre compte.',
  },
  closed: {
    title: 'Ce compte est fermé',
    body: 'Ce lien ne sert plus. Vous pouvez créer un nouveau compte.',
  },
  address_changed: {
    title: 'L’adresse e-mail a été corrigée',
    body: 'Ce lien ne fonctionne plus : un autre courriel est parti vers la nouvelle adresse. Ouvrez ce courriel-là.',
  },
  password_changed: {
    title: 'Ce lien ne sert plus',
    body: 'Votre mot de passe a changé après l’envoi de ce lien. Connectez-vous avec le nouveau. Si ce n’est pas vous qui l’avez changé, demandez un autre lien et appelez-nous.',
  },
  cancelled: {
    title: 'Ce changement a été annulé',
    body: 'Votre adresse e-mail n’a pas changé. Un nouveau mot de passe annule aussi un changement d’adresse en cours : vous pouvez recommencer.',
  },
  replaced: {
    title: 'Un lien plus récent vous a été envoyé',
    body: 'Ce lien ne fonctionne plus. Ouvrez le dernier courriel reçu.',
  },
  expired: {
    title: 'Ce lien n’est plus valable',
    body: 'Ce lien a plus de 72 heures. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse. Vous n’avez rien à retaper.',
  },
  client_left: {
    title: 'Ce compte ne peut pas être ouvert',
    body: 'D’après notre fichier, votre contrat avec nous a pris fin. Si ce n’est pas le cas, appelez-nous : nous corrigerons notre fichier avec vous.',
  },
} satisfies Record<DeadLink, Ending>;

/** The same, where a link of one purpose says it otherwise. */
const deadLinksOf: Record<TokenPurpose, Partial<Record<DeadLink, Ending>>> = {
  activation: {},
  reset: {
    used: {
      title: 'Ce lien a déjà servi',
      body: 'Il a servi à demander ou à choisir un nouveau mot de passe. Connectez-vous avec le dernier, ou demandez un autre lien.',
    },
    address_changed: {
      title: 'Ce lien ne sert plus',
      body: 'L’adresse e-mail du compte a changé après l’envoi de ce lien. Demandez-en un autre : il ira à la nouvelle adresse.',
    },
    expired: {
      title: 'Ce lien n’est plus valable',
      body: 'Ce lien a plus d’une heure. Nous pouvons vous en envoyer un nouveau tout de suite, à la même adresse.',
    },
  },
  email: {
    used: {
      title: 'Cette adresse est déjà confirmée',
      body: 'Elle est utilisée pour votre compte. Vous n’avez rien à faire.',
    },
    address_changed: {
      title: 'Ce lien a déjà servi',
      body: 'Votre compte utilise maintenant une autre adresse e-mail.',
    },
    expired: {
      title: 'Ce lien n’est plus valable',
      body: 'Ce lien a plus de 72 heures. Votre adresse n’a pas changé. Recommencez depuis votre espace.',
    },
  },
};

/** What became of a mail, for the person who waits for it; `moment` is « à 10 h 42 ». */
const mailFates = {
  ask: 'Où en est mon courriel ?',
  queued: 'Votre courriel part à l’instant.',
  delayed:
    'Votre courriel n’est pas encore parti : le service d’envoi ne répond pas. Nous réessayons régulièrement, vous n’avez rien à faire.',
  sent: (moment: string) => `Votre courriel est parti ${moment}.`,
  deferred: (moment: string) =>
    `Votre courriel est parti ${moment}. La messagerie de cette adresse le fait attendre : il arrivera plus tard.`,
  delivered: (moment: string) =>
    `Votre courriel est arrivé dans votre messagerie ${moment}. Regardez aussi les courriers indésirables.`,
  failed: 'Nous n’avons pas réussi à envoyer votre courriel. Demandez un nouvel envoi, ou appelez-nous.',
  refused: 'Notre courriel n’a pas pu arriver à cette adresse. Vérifiez-la, ou essayez avec une autre.',
  refusedFor: {
    no_such_address:
      'Cette adresse e-mail n’existe pas : notre courriel nous est revenu. Corrigez l’adresse.',
    mailbox_full:
      'Votre messagerie est pleine : notre courriel n’a pas pu y entrer. Supprimez quelques courriels, puis demandez un nouvel envoi.',
    blocked: 'La messagerie de cette adresse refuse nos courriels. Essayez avec une autre adresse.',
    address_refused: 'La messagerie de cette adresse refuse nos courriels. Essayez avec une autre adresse.',
  } satisfies Partial<Record<MailReason, string>> as Partial<Record<MailReason, string>>,
};

/** Answers that are no page of their own; each says what happened and what to do. */
const problems = {
  notFound: {
    status: 404,
    title: 'Cette page n’existe pas (ou plus)',
    body: 'L’adresse est peut-être incomplète. Voici ce que l’on cherche le plus souvent :',
  },
  malformedLink: {
    status: 404,
    title: 'Ce lien est incomplet',
    body: 'Une partie de l’adresse manque. Ouvrez de nouveau le courriel et appuyez sur le lien, ou copiez-le en entier.',
  },
  wrongMethod: {
    status: 405,
    title: 'Cette adresse ne s’ouvre pas directement',
    body: 'Revenez à la page précédente.',
  },
  bodyTooLarge: {
    status: 413,
    title: 'Votre envoi est trop volumineux',
    body: 'Revenez à la page précédente et raccourcissez ce que vous avez écrit.',
  },
  wrongContentType: {
    status: 415,
    title: 'Nous n’avons pas pu lire cet envoi',
    body: 'Revenez à la page précédente et utilisez le bouton du formulaire.',
  },
  repeatedField: {
    status: 400,
    title: 'Nous n’avons pas pu lire cet envoi',
    body: 'Une même case est arrivée deux fois. Revenez à la page précédente et envoyez de nouveau le formulaire.',
  },
  tooManyRequests: {
    status: 429,
    title: 'Beaucoup de demandes arrivent de votre connexion internet',
    body: 'Attendez une minute, puis recommencez. Si vous êtes plusieurs derrière la même connexion, c’est normal.',
  },
  anotherHost: {
    status: 421,
    title: 'Cette adresse n’est pas celle du portail',
    body: 'Revenez à la page de connexion avec le bouton, puis recommencez.',
  },
  sessionOver: {
    status: 401,
    title: 'Votre session a pris fin',
    body: 'L’espace se ferme après 30 minutes sans activité, ou depuis un autre appareil. Rien n’a été changé. Reconnectez-vous : vous reviendrez à cette page pour recommencer.',
  },
  choiceOver: {
    status: 401,
    title: 'Le temps pour choisir votre mot de passe est passé',
    body: 'Le mot de passe provisoire a déjà servi. Demandez un autre lien : il vous permettra de choisir votre mot de passe.',
  },
  crossSite: {
    status: 403,
    title: 'Cet envoi vient d’un autre site',
    body: 'Cet envoi ne semble pas venir de notre portail : nous ne l’avons pas pris en compte, et rien n’a changé. Si c’est bien vous, ouvrez la page du portail et remplissez-la.',
  },
  nameless: {
    status: 403,
    title: 'Votre adresse e-mail n’est pas connue',
    body: 'Le guichet note qui fait quoi : sans adresse e-mail, il ne peut pas vous ouvrir. Demandez à l’informatique de compléter votre accès.',
  },
  managersOnly: {
    status: 403,
    title: 'Cette action revient à un responsable',
    body: 'Rien n’a été changé. Demandez à l’une des personnes responsables du guichet.',
  },
  broken: {
    status: 500,
    title: 'Le portail a eu un problème',
    body: 'Rien n’est perdu : réessayez dans une minute. Si cela continue, appelez-nous et donnez ce numéro :',
  },
  unavailable: {
    status: 503,
    title: 'Le portail a eu un problème',
    body: 'Rien n’est perdu : réessayez dans une minute. Si cela continue, appelez-nous et donnez ce numéro :',
  },
} as const satisfies Record<string, Ending & { status: number }>;

export type Problem = keyof typeof problems;

/** Without settings there is no page to frame it. */
const outOfOrder = 'Le portail est en travaux. Réessayez plus tard, ou appelez votre gestionnaire.';

/** What a kept form calls its fields: the labels of the pages they come from. */
const labels: Record<string, string> = {
  profil: 'Vous êtes',
  reference: 'Référence client',
  nom: 'Nom',
  prenom: 'Prénom',
  date_naissance: 'Date de naissance',
  raison_sociale: 'Raison sociale',
  siret: 'Numéro SIRET',
  email: 'Adresse e-mail',
  email_confirmation: 'Confirmation de votre adresse e-mail',
  identifiant: 'Identifiant de connexion',
  mot_de_passe: 'Mot de passe',
  confirmation: 'Confirmation du nouveau mot de passe',
  mot_de_passe_actuel: 'Mot de passe actuel',
};

/** What a declaration may say, as the settings have it. */
export type AccessibilityState = 'none' | 'partial' | 'full';

const accessibilityClaims = {
  none: 'Accessibilité : non conforme',
  partial: 'Accessibilité : partiellement conforme',
  full: 'Accessibilité : totalement conforme',
} satisfies Record<AccessibilityState, string>;

export const text = {
  accessibilityClaims,
  labels,
  passwordLines,
  passwordRefusals,
  passwordInstead,
  birthDateRefusals,
  emailRefusals,
  deadLinks,
  deadLinksOf,
  mailFates,
  problems,
  outOfOrder,

  layout: {
    service: 'Portail locataire',
    skip: 'Aller au contenu',
    errorTitle: 'Erreur : ',
    helpTitle: 'Besoin d’aide ?',
    helpBody: 'En cas d’erreur ou de difficulté, contactez votre gestionnaire.',
    phone: 'Téléphone :',
    call: (number: string) => `Appeler le ${number}`,
    hours: 'Horaires :',
    write: 'Courriel :',
    guide: 'Le portail, pas à pas, avec des dessins',
    stuck: 'Je n’arrive pas à me connecter',
    description: (landlord: string) =>
      `Portail locataire (${landlord}) : créez votre compte avec votre avis d’échéance, connectez-vous, retrouvez votre identifiant ou votre mot de passe.`,
    step: (nth: number) => `Étape ${nth} sur 3`,
    own: 'Mon espace',
    footer: 'À propos de ce portail',
    links: (state: AccessibilityState) => [
      { href: '/aide', label: 'Aide' },
      { href: '/plan-du-site', label: 'Plan du site' },
      { href: '/accessibilite', label: accessibilityClaims[state] },
      { href: '/mentions-legales', label: 'Mentions légales' },
      { href: '/donnees-personnelles', label: 'Données personnelles' },
    ],
  },

  noCookies: {
    signIn: 'Vous venez de vous connecter, et cette page revient ?',
    justAsked: 'Vous venez de remplir le formulaire ?',
    why: 'Votre navigateur ne garde pas les cookies de ce portail. Sans eux, il ne peut pas vous reconnaître d’une page à l’autre.',
    remedy:
      'Quittez la navigation privée, ou autorisez les cookies dans les réglages du navigateur. Sinon, prenez un autre navigateur.',
    created: 'Votre identifiant est dans le second courriel que nous venons de vous envoyer.',
    waitingTitle: 'Ouvrez le courriel reçu',
    waiting:
      'Votre demande est enregistrée : un courriel part vers l’adresse que vous avez donnée. Appuyez sur le lien qu’il contient.',
  },

  form: {
    toMend: (count: number) =>
      count > 1 ? `Il y a ${count} points à corriger` : 'Il y a un point à corriger',
    problem: 'Nous n’avons pas pu continuer',
    sending: 'Envoi en cours…',
    starLegend: 'Les cases marquées d’une étoile * sont à remplir.',
    send: 'Envoyer de nouveau',
    youWrote: 'Vous aviez écrit :',
    goBack: 'Revenir à la page précédente',
    toPage: 'Ouvrir la page du portail',
  },

  emailHint: {
    before: 'Vouliez-vous dire',
    after: ' ?',
    accept: 'Oui, corriger',
  },

  errors: {
    tooLong,
    unreadable: 'Un caractère de cette case n’est pas accepté. Effacez la case et recommencez.',
    profile: 'Indiquez si vous êtes locataire ou fournisseur.',
    referenceEmpty: 'Indiquez votre référence client.',
    referenceShape: 'Votre référence client contient des chiffres. Recopiez-la.',
    referenceLease:
      'Ce numéro à 12 chiffres est la référence de votre bail. Il nous faut le numéro locataire, écrit plus bas sur l’avis, sans son dernier chiffre.',
    familyNameEmpty: 'Indiquez votre nom.',
    familyNameShape: 'Indiquez votre nom en lettres.',
    givenNameEmpty: 'Indiquez votre prénom.',
    givenNameShape: 'Indiquez votre prénom en lettres.',
    birthDateEmpty: 'Indiquez votre date de naissance.',
    companyEmpty: 'Indiquez la raison sociale de votre entreprise.',
    siretEmpty: 'Indiquez le numéro SIRET de votre entreprise.',
    siretShape: 'Un numéro SIRET a 14 chiffres. Vérifiez qu’aucun ne manque.',
    emailEmpty: 'Indiquez votre adresse e-mail.',
    emailConfirmationEmpty: 'Indiquez une seconde fois votre adresse e-mail.',
    emailsDiffer: 'Les deux adresses ne sont pas les mêmes. Corrigez l’une des deux.',
    identifierEmpty: 'Vous devez indiquer un identifiant.',
    identifierShape: (stem: string) =>
      `Un identifiant ressemble à ${stem} 123 456. Vérifiez qu’il ne manque aucun chiffre.`,
    identifierNotEmail: (stem: string) =>
      `Il faut ici votre identifiant, pas votre adresse e-mail. Il commence par ${stem}.`,
    passwordEmpty: 'Indiquez votre mot de passe.',
    newPasswordEmpty: 'Indiquez votre nouveau mot de passe.',
    passwordTooLong: (most: number) => `Ce mot de passe est trop long : ${most} caractères au plus.`,
    passwordMisses: (lines: PasswordLine[]) =>
      `${sayMissing(lines)} Indiquez de nouveau le mot de passe en entier, dans les deux cases.`,
    confirmationEmpty: 'Indiquez une seconde fois votre mot de passe.',
    currentEmpty: 'Indiquez votre mot de passe actuel.',
    tooManyTries: (moment: string) => `Trop d’essais : réessayez ${moment}.`,
    currentWrong: 'Ce n’est pas votre mot de passe actuel. Vérifiez les majuscules et les chiffres.',
    identifierOther: 'Ce n’est pas l’identifiant de ce compte, qui est écrit sur cette page.',
    identifierOfAccount: 'Ce n’est pas l’identifiant du compte qui a demandé ce changement.',
    emailSame: 'C’est déjà l’adresse de votre compte. Indiquez-en une autre.',
    passwordsDiffer: 'Les deux mots de passe ne sont pas les mêmes. Indiquez-les de nouveau.',
  },

  signIn: {
    title: 'Connexion',
    required: 'Les deux cases sont à remplir.',
    identifier: 'Identifiant de connexion',
    identifierHint: ([tenant, supplier]: string[]) =>
      `Il commence par ${tenant} (${supplier} pour un fournisseur).`,
    password: 'Mot de passe',
    submit: 'Connexion',
    forgottenPassword: 'Mot de passe oublié ?',
    forgottenIdentifier: 'Identifiant oublié ?',
    create: 'Créer un compte ?',
    passwordReset: 'Votre mot de passe est changé. Connectez-vous avec le nouveau.',
    accountClosed: 'Votre compte est fermé. Vous pourrez en créer un nouveau quand vous voudrez.',
    signedOut: 'Vous êtes déconnecté.',
    sessionOver:
      'Votre session a pris fin : l’espace se ferme après 30 minutes sans activité, ou depuis un autre appareil. Connectez-vous de nouveau.',
    impossible: 'Connexion impossible',
    wrong: 'L’identifiant ou le mot de passe n’est pas le bon. Vérifiez les majuscules et les chiffres.',
    wrongFew: (left: number) =>
      left > 1
        ? `Encore ${left} essais avant une pause de 1 minute.`
        : 'Encore 1 essai avant une pause de 1 minute.',
    paused: (moment: string) =>
      `Trop d’essais : réessayez ${moment}. Vous pouvez aussi demander un nouveau mot de passe dès maintenant.`,
    clientLeft:
      'D’après notre fichier, votre contrat avec nous a pris fin : cet espace est fermé. Si ce n’est pas le cas, appelez-nous, nous corrigerons notre fichier avec vous.',
    alreadyTitle: 'Cet appareil est déjà connecté',
    already: (name: string) => `C’est le compte de ${name} qui est ouvert.`,
    goToSpace: 'Aller à mon espace',
    notYou: 'Ce n’est pas vous ?',
    changePerson: 'Me connecter avec un autre compte',
  },

  signUp: {
    title: 'Créer votre espace client',
    intro: { tenant: 'Prenez votre avis d’échéance.', supplier: 'Prenez notre courrier.' },
    profile: 'Vous êtes',
    tenant: 'Locataire',
    supplier: 'Fournisseur',
    reference: 'Référence client',
    referenceTenantHint: 'Le numéro locataire, sans le dernier chiffre.',
    referenceSupplierHint: 'Elle vous a été transmise par courrier.',
    notice: 'Sur votre avis d’échéance :',
    noticeAlt:
      'Dessin d’un avis d’échéance. En haut, « Références : 010000010003 » est barré : ce n’est pas ce numéro. Plus bas, « Numéro Locataire : 471 4 » : 471 est entouré, c’est votre référence client. Le dernier chiffre, 4, est à laisser.',
    familyName: 'Nom',
    familyNameHint: 'Comme sur l’avis d’échéance.',
    givenName: 'Prénom',
    givenNameHint: 'Comme sur l’avis d’échéance.',
    birthDate: 'Date de naissance',
    birthDateHint: '8 chiffres, par exemple 14071956.',
    company: 'Raison sociale',
    companyHint: 'Comme sur notre courrier.',
    siret: 'Numéro SIRET',
    siretHint: '14 chiffres.',
    /** Said where no style sheet hides what the other kind fills in. */
    onlyTenant: '(locataire)',
    onlySupplier: '(fournisseur)',
    email: 'Adresse e-mail',
    emailHint: 'Nous y enverrons un courriel d’activation.',
    emailConfirmation: 'Confirmation de votre adresse e-mail',
    emailConfirmationHint: 'La même, une seconde fois.',
    privacy: 'Vos données servent seulement à ouvrir et à protéger votre compte.',
    privacyMore: 'Tout savoir sur vos données',
    submit: 'Créer mon compte',
    back: 'Retour',
    noMatch: 'Nous ne trouvons personne avec ces informations. Vérifiez une à une :',
    toCheck: {
      tenant: ['le numéro locataire, sans le dernier chiffre', 'le nom', 'le prénom', 'la date de naissance'],
      supplier: ['la référence client', 'la raison sociale', 'le numéro SIRET'],
    },
    allRight: 'Tout est juste ? Appelez-nous : nous corrigerons notre fichier avec vous.',
    /** By how many are left; more are not mentioned. */
    triesLeft: [
      'C’était le dernier essai pour aujourd’hui. Appelez-nous : nous vérifierons avec vous.',
      'Encore 1 essai pour aujourd’hui. Vous pouvez aussi nous appeler avant : nous vérifierons avec vous.',
      'Encore 2 essais pour aujourd’hui. Vous pouvez aussi nous appeler avant : nous vérifierons avec vous.',
    ],
    alreadyRegistered:
      'Un compte existe déjà pour cette personne. Connectez-vous, ou demandez votre identifiant ou un nouveau mot de passe.',
    notYours: 'Vous n’avez pas ouvert ce compte, ou vous n’avez plus accès à cette adresse ? Appelez-nous.',
    alreadyMailed: 'Un courriel envoyé à l’adresse de ce compte rappelle votre identifiant.',
    toSignIn: 'Se connecter',
    clientLeft:
      'D’après notre fichier, votre contrat avec nous a pris fin : nous ne pouvons pas ouvrir de compte. Si ce n’est pas le cas, appelez-nous : nous corrigerons notre fichier avec vous.',
    held: 'Un compte ne peut pas être ouvert ici pour le moment. Appelez-nous : nous regarderons avec vous.',
    /** Whose tries are too many: those of this connection, or anybody's with these data. */
    tooManyTries: {
      network: (moment: string) => [
        `Trop d’essais depuis votre connexion à internet : réessayez ${moment}.`,
        'Vous pouvez aussi essayer avec une autre connexion, celle d’un téléphone par exemple, ou nous appeler : nous vérifierons avec vous.',
      ],
      others: (moment: string) => [
        `Trop d’essais avec ces informations : réessayez ${moment}.`,
        'Quelqu’un d’autre les a peut-être essayées avant vous. Appelez-nous : nous vérifierons avec vous, et vous n’aurez pas à attendre.',
      ],
    },
    tooManyMails: (moment: string) =>
      `Nous avons déjà envoyé plusieurs courriels pour ce compte. Vous pourrez en demander un autre ${moment}.`,
  },

  signUpMail: {
    title: 'Ouvrez le courriel que nous venons de vous envoyer',
    delayedTitle: 'Votre courriel va partir',
    lostTitle: 'Votre courriel n’est pas arrivé',
    couldNotReach: 'Nous vous avons écrit à l’adresse :',
    wroteTo: 'Un courriel vous est envoyé pour activer votre compte, à l’adresse :',
    next: 'Dans ce courriel, appuyez sur le lien « Confirmation de création de compte ».',
    lookFor: (sender: string, subject: string) =>
      `L’expéditeur est « ${sender} », l’objet est « ${subject} ».`,
    nothingYet: 'Rien reçu ?',
    tips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Attendez quelques minutes : il peut mettre un quart d’heure à arriver.',
      'Vérifiez l’adresse e-mail.',
    ],
    sentAt: (moment: string) => `Le dernier courriel a été demandé ${moment}.`,
    where: 'Où est-il ?',
    resend: 'Renvoyer le courriel',
    resendFrom: (moment: string) => `Vous pourrez demander un nouvel envoi ${moment}.`,
    correct: 'Corriger mon adresse',
    correctTitle: 'Corriger votre adresse e-mail',
    correctIntro:
      'Le reste est gardé : vous n’avez rien d’autre à retaper. Le lien déjà envoyé ne fonctionnera plus.',
    correctSubmit: 'Envoyer le courriel',
    tooSoon: (moment: string) => `Un courriel est déjà parti. Vous pourrez en demander un autre ${moment}.`,
    notCorrected: (moment: string) =>
      `Votre adresse n’est pas encore corrigée : nous avons déjà envoyé plusieurs courriels. Envoyez de nouveau ce formulaire ${moment}.`,
    activeTitle: 'Votre compte est actif',
    active: 'Le mot de passe est choisi : vous pouvez vous connecter.',
    closedTitle: 'Cette demande est annulée',
    closed: 'Vous pouvez en faire une autre. Si ce n’est pas ce que vous attendiez, appelez-nous.',
    supersededTitle: 'Une demande plus récente existe',
    superseded: 'Ouvrez le dernier courriel reçu : son lien est le bon.',
    again: 'Recommencer la demande',
    missingTitle: 'Aucun courriel en attente sur cet appareil',
    missing:
      'Si vous avez créé votre compte il y a plus d’une heure, ou sur un autre appareil, ouvrez le courriel reçu. Rien reçu ? Remplissez de nouveau le formulaire : un autre courriel partira, et vous n’aurez qu’un seul compte.',
  },

  activation: {
    title: 'Création du mot de passe',
    hello: (name: string) => `Bonjour ${name}`.trim(),
    yourIdentifier: 'Votre identifiant de connexion est :',
    useful: 'Cet identifiant vous sera utile pour accéder à votre espace client.',
    password: 'Nouveau mot de passe',
    confirmation: 'Confirmation du nouveau mot de passe',
    confirmationHint: 'Le même, une seconde fois.',
    ruleIntro: 'Votre mot de passe doit contenir au moins :',
    ruleWords:
      'Sont refusés votre nom, vos numéros, et un mot courant seul, même avec des chiffres (Soleil12#).',
    example: 'Prenez par exemple trois mots sans rapport et un nombre :',
    missing: 'Il manque :',
    complete: 'Tout y est.',
    submit: 'Créer mon compte',
    back: 'Retour',
    newLink: 'Recevoir un nouveau lien',
    linkDate: (moment: string) => `Le bon courriel est celui qui a été demandé ${moment}.`,
    signIn: 'Se connecter',
    signUp: 'Créer un compte',
    askAgain: 'Demander un autre courriel',
    tryAgain: 'Réessayer',
    sentTitle: 'Un nouveau courriel est parti',
    sent: 'Nous l’avons envoyé à l’adresse donnée quand le compte a été créé. Ouvrez-le et appuyez sur son lien.',
    sentTips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Ce n’est plus votre adresse ? Remplissez de nouveau « Créer votre espace client » : vous n’aurez qu’un seul compte.',
    ],
  },

  created: {
    title: 'Votre compte est créé',
    intro: 'Votre compte vient d’être créé. Voici votre identifiant :',
    keep: 'Gardez-le : il vous servira à chaque connexion, avec votre mot de passe.',
    mailed:
      'Nous vous l’envoyons aussi dans un second courriel. Regardez aussi dans les courriers indésirables.',
    address: 'Adresse du portail :',
    copy: 'Copier',
    copied: 'Copié',
    print: 'Imprimer',
    submit: 'Valider',
  },

  forgottenPassword: {
    title: 'Demande de réinitialisation du mot de passe',
    intro:
      'En indiquant votre identifiant, vous recevrez un lien par mail pour confirmer que vous êtes bien le propriétaire du compte.',
    identifier: 'Saisir votre identifiant',
    remark:
      'Remarque : vous devez avoir renseigné une adresse e-mail dans votre espace personnel. Sinon, ou si vous n’y avez plus accès, appelez-nous.',
    lost: 'Identifiant oublié ?',
    cancel: 'Annuler',
    submit: 'Valider',
    openTitle: 'Ouvrez votre messagerie',
    sentTitle: 'Ouvrez votre messagerie : mot de passe',
    sent: 'Si un compte correspond à cet identifiant, un courriel vient de partir vers l’adresse de ce compte.',
    openIt: 'Ouvrez-le et appuyez sur le lien. Le lien est valable une heure.',
    second: {
      on: 'Vous choisirez alors un nouveau mot de passe, ou vous le recevrez dans un second courriel.',
      off: 'Vous choisirez alors un nouveau mot de passe. Un second courriel confirmera le changement.',
    },
    lookFor: (sender: string) => `L’expéditeur est « ${sender} ».`,
    sentTips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Attendez un quart d’heure, puis recommencez en vérifiant ce que vous indiquez.',
    ],
    provisionalTips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Attendez un quart d’heure, puis recommencez.',
    ],
    alreadySent: [
      'Si un compte correspond à cet identifiant, un courriel est déjà parti vers l’adresse de ce compte.',
      'Ouvrez le dernier reçu : son lien reste bon.',
    ],
    nextFrom: (moment: string) => `Le prochain courriel pourra partir ${moment}.`,
    tooSoonTips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Vérifiez l’identifiant : une faute d’un chiffre, et le courriel va à quelqu’un d’autre.',
    ],
    tooManyAsks: (moment: string) =>
      `Trop de demandes depuis votre connexion à internet : réessayez ${moment}, ou appelez-nous.`,
    callUs: 'Toujours rien ? Appelez-nous.',
    provisionalTitle: 'Ouvrez votre messagerie : mot de passe provisoire',
    provisional: [
      'Un second courriel est parti. Il contient un mot de passe provisoire, valable une heure et pour une seule connexion.',
      'Connectez-vous avec ce mot de passe. Vous choisirez ensuite votre nouveau mot de passe.',
    ],
    again: 'Recommencer la demande',
    back: 'Retour à la connexion',
  },

  reset: {
    title: 'Nouveau mot de passe',
    submit: 'Enregistrer mon mot de passe',
    provisionalTitle: 'Ou recevoir un mot de passe par courriel',
    provisionalIntro:
      'Vous préférez ne pas en choisir un maintenant ? Indiquez votre identifiant : un second courriel vous apportera un mot de passe provisoire.',
    provisionalSubmit: 'Recevoir un mot de passe provisoire',
    askAgain: 'Demander un autre lien',
  },

  forgottenIdentifier: {
    title: 'Retrouver votre identifiant',
    sentTitle: 'Ouvrez votre messagerie : identifiant',
    intro: 'Nous vous l’enverrons par courriel, à l’adresse de votre compte.',
    submit: 'Recevoir mon identifiant',
    sent: 'Si un compte correspond à ces informations, un courriel vient de partir vers l’adresse de ce compte. Il contient l’identifiant.',
    notYet:
      'Pas encore de mot de passe choisi ? Ouvrez le courriel d’activation, ou remplissez de nouveau « Créer votre espace client ».',
  },

  emailConfirmation: {
    title: 'Confirmer votre nouvelle adresse e-mail',
    intro: 'Cette adresse remplacera celle de votre compte :',
    identify: ([tenant, supplier]: string[]) =>
      `Pour vérifier que c’est bien vous, indiquez l’identifiant du compte. Il commence par ${tenant} ou ${supplier}, et il est écrit dans le courriel envoyé à l’adresse actuelle.`,
    submit: 'Confirmer cette adresse',
    doneTitle: 'Votre adresse est confirmée',
    done: 'Nous vous écrirons maintenant à cette adresse.',
    restart: 'Recommencer le changement d’adresse',
  },

  spacePassword: {
    title: 'Changer mon mot de passe',
    mustChoose: 'Votre mot de passe provisoire a servi. Choisissez maintenant votre nouveau mot de passe.',
    current: 'Mot de passe actuel',
    submit: 'Enregistrer mon mot de passe',
    back: 'Retour à mon espace',
  },

  spaceEmail: {
    title: 'Adresse e-mail',
    current: 'Adresse actuelle :',
    pending: (email: string) =>
      `En attente de confirmation : ${email}. Ouvrez le courriel envoyé à cette adresse.`,
    notReceived: 'Rien reçu ? Indiquez de nouveau l’adresse : un autre lien partira.',
    stays: 'Votre adresse actuelle reste utilisée tant que la nouvelle n’est pas confirmée.',
    cancel: 'Annuler ce changement',
    email: 'Nouvelle adresse e-mail',
    emailConfirmation: 'Confirmation de votre nouvelle adresse e-mail',
    submit: 'Changer mon adresse',
    tooMany: (moment: string) =>
      `Nous avons déjà envoyé plusieurs courriels. Vous pourrez recommencer ${moment}.`,
  },

  spaceSessions: {
    title: 'Mes connexions',
    intro: 'Les appareils connectés à votre compte en ce moment.',
    here: 'Cet appareil',
    since: (moment: string) => `Connexion ouverte le ${moment}`,
    end: 'Déconnecter',
    endOthers: 'Déconnecter tous les autres appareils',
    notMeTitle: 'Ce n’est pas moi',
    notMe:
      'Vous ne reconnaissez pas un appareil ? Nous fermons toutes les connexions, l’ancien mot de passe ne sert plus, et vous recevez un lien pour en choisir un nouveau.',
    notMeSubmit: 'Ce n’est pas moi',
    recent: { title: 'Activité récente', heads: ['Date', 'Ce qui s’est passé'] },
    securedTitle: 'Ouvrez votre messagerie : votre compte est protégé',
    secured: [
      'Toutes les connexions sont fermées, et l’ancien mot de passe ne sert plus.',
      'Un courriel vient de partir vers votre adresse. Ouvrez-le et appuyez sur le lien : vous choisirez un nouveau mot de passe.',
    ],
    securedTips: [
      'Regardez aussi dans les courriers indésirables (ou « spam »).',
      'Attendez un quart d’heure, puis demandez un autre lien.',
    ],
  },

  events: {
    requested: 'Compte demandé',
    address_corrected: 'Adresse e-mail corrigée',
    activated: 'Compte créé',
    signed_in: 'Connexion',
    signed_out: 'Déconnexion',
    reset_requested: 'Nouveau mot de passe demandé',
    password_reset: 'Mot de passe changé par un lien',
    provisional_requested: 'Mot de passe provisoire demandé',
    password_changed: 'Mot de passe changé',
    identifier_reminded: 'Identifiant demandé',
    email_change_requested: 'Changement d’adresse e-mail demandé',
    email_change_cancelled: 'Changement d’adresse e-mail annulé',
    email_changed: 'Adresse e-mail changée',
    sessions_ended: 'Autres connexions fermées',
    pause_lifted: 'Pause après trop d’essais levée',
    closed: 'Compte fermé',
    closed_by_landlord: 'Compte fermé par le gestionnaire',
  } satisfies Record<EventKind, string>,

  /** Behind what the landlord's staff did. */
  byLandlord: 'par votre gestionnaire',

  devices: {
    iphone: 'iPhone',
    ipad: 'iPad',
    android_phone: 'Téléphone Android',
    android_tablet: 'Tablette Android',
    windows: 'Ordinateur Windows',
    mac: 'Ordinateur Apple',
    chromebook: 'Chromebook',
    linux: 'Ordinateur Linux',
    unknown: 'Appareil inconnu',
  } satisfies Record<Device, string>,

  ownData: {
    title: 'Mes données',
    intro: 'Voici tout ce que le portail garde sur vous.',
    print: 'Imprimer cette page',
    file: 'Le même contenu, dans un fichier pour ordinateur (JSON)',
    fileTitle: 'Dans notre fichier',
    accountTitle: 'Votre compte',
    kinds: { tenant: 'Locataire', supplier: 'Fournisseur' },
    client: {
      kind: 'Vous êtes',
      reference: 'Référence client',
      familyName: 'Nom',
      givenName: 'Prénom',
      birthDate: 'Date de naissance',
      companyName: 'Raison sociale',
      siret: 'Numéro SIRET',
      email: 'Adresse e-mail connue de nous',
      presentSince: 'Dans notre fichier depuis le',
      leftAt: 'Départ le',
    },
    account: {
      identifier: 'Identifiant de connexion',
      email: 'Adresse e-mail',
      newEmail: 'Nouvelle adresse e-mail, à confirmer',
      createdAt: 'Compte demandé le',
      activatedAt: 'Compte créé le',
    },
    sessions: { title: 'Connexions ouvertes', heads: ['Depuis le', 'Appareil'] },
    mails: { title: 'Courriels envoyés', heads: ['Date', 'Courriel'] },
    events: { title: 'Activité', heads: ['Date', 'Ce qui s’est passé'] },
    mailKinds: {
      activation: 'Lien d’activation',
      account_created: 'Votre identifiant',
      account_requested: 'Avis : un compte est demandé',
      already_registered: 'Avis : vous avez déjà un compte',
      reset_link: 'Lien pour un nouveau mot de passe',
      provisional_password: 'Mot de passe provisoire',
      password_changed: 'Avis : mot de passe changé',
      identifier_reminder: 'Rappel de votre identifiant',
      confirm_email: 'Lien pour confirmer une adresse',
      email_changing: 'Avis : changement d’adresse demandé',
      email_changed: 'Avis : adresse changée',
      account_closed: 'Avis : compte fermé',
      pause_lifted: 'Avis : vous pouvez vous reconnecter',
    } satisfies Record<MailKind, string>,
    mailStates: {
      queued: 'pas encore parti',
      sent: 'parti',
      deferred: 'retardé par la messagerie',
      delivered: 'arrivé',
      refused: 'refusé',
      failed: 'non envoyé',
      cancelled: 'annulé',
    } satisfies Record<MailState, string>,
  },

  siteMap: {
    title: 'Plan du site',
    openTitle: 'Pour tous',
    ownTitle: 'Une fois connecté',
  },

  spaceClosing: {
    title: 'Fermer mon compte',
    intro:
      'Votre adresse e-mail et votre mot de passe seront effacés du portail. Votre contrat avec nous ne change pas. Vous pourrez créer un nouveau compte quand vous voudrez.',
    submit: 'Fermer définitivement mon compte',
  },

  space: {
    title: 'Mon espace',
    hello: (name: string) => `Bonjour ${name}`,
    passwordChanged: 'Votre mot de passe est changé.',
    emailAsked:
      'Un courriel vient de partir à la nouvelle adresse. Ouvrez-le et appuyez sur le lien : votre adresse changera alors.',
    emailCancelled: 'Le changement d’adresse est annulé.',
    bravo: 'Bravo ! Votre compte est créé.',
    bravoNext: 'Vous êtes dans votre espace. Notez bien votre identifiant.',
    purpose: 'Ici, vous gérez votre compte : mot de passe, adresse e-mail, connexions.',
    reference: { tenant: 'Locataire n°', supplier: 'Fournisseur n°' },
    identifier: 'Identifiant',
    email: 'Adresse e-mail',
    lastSignIn: 'Dernière connexion',
    longAgo: (span: string) => `Aucune depuis ${span}`,
    pendingEmail: (email: string) => `En attente de confirmation : ${email}`,
    pendingEmailFate: 'Où en est ce courriel ?',
    actions: 'Mon compte',
    password: 'Changer mon mot de passe',
    emailPage: 'Changer mon adresse e-mail',
    sessions: 'Mes connexions',
    data: 'Mes données',
    closing: 'Fermer mon compte',
    signOut: 'Me déconnecter',
  },
};

const passwordLacks: Record<PasswordLine, string> = {
  length: 'des caractères (8 au moins)',
  upper: 'une majuscule',
  lower: 'une minuscule',
  digit: 'un chiffre',
  special: 'un caractère spécial (par exemple ! à la fin)',
};

/** « Il ne manque qu’un chiffre. » or « Il manquait une majuscule et un chiffre. » */
function sayMissing(lines: PasswordLine[]): string {
  const missing = inWords(lines.map((line) => passwordLacks[line]));
  const isOne = lines.length === 1 && lines[0] !== 'length';
  return isOne ? `Il ne manque qu’${missing}.` : `Il manquait ${missing}.`;
}

/** `une majuscule, un chiffre et un caractère spécial`. */
function inWords(things: string[]): string {
  return new Intl.ListFormat('fr').format(things);
}
