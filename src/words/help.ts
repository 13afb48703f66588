// The sentences of /aide: the landlord's leaflet, step by step, and the way back in.

import { MAILED_LINKS } from '../mail/kinds.ts';
import { SIGN_IN } from '../numbers.ts';
import { PATHS } from '../paths.ts';
import { countInWords, frenchLength, withinLength } from './times.ts';

const SPAM = 'Regardez aussi dans les courriers indésirables (ou « spam »).';

export const helpText = {
  title: 'Aide',
  heading: 'Le portail, pas à pas',
  intro:
    'Il vous faut votre avis d’échéance (ou notre courrier) et une adresse e-mail. Prenez votre temps : rien ne presse.',
  address: 'L’adresse du portail :',
  contents: 'Sur cette page',
  print: 'Imprimer ce guide',

  notice: {
    title: 'Créer votre compte',
    steps: [
      'Sur la page « Connexion », appuyez sur « Créer un compte ? ».',
      'Indiquez si vous êtes locataire ou fournisseur.',
      'Remplissez les cases, puis appuyez sur « Créer mon compte ».',
    ],
    tenantTitle: 'Vous êtes locataire',
    tenant: [
      'La référence client est le numéro locataire sur votre avis d’échéance (sans le dernier chiffre).',
      'Nom et prénom : comme sur votre avis d’échéance, où ils sont en majuscules.',
      'Votre date de naissance et votre adresse e-mail.',
    ],
    supplierTitle: 'Vous êtes fournisseur',
    supplier: [
      'La référence client vous a été transmise par courrier.',
      'La raison sociale de votre entreprise et son numéro SIRET.',
      'L’adresse e-mail de l’entreprise.',
    ],
    way: 'Créer mon compte',
  },

  mail: {
    title: 'Activer votre compte',
    steps: [
      'Un courriel vous est envoyé pour activer votre compte. Ouvrez votre messagerie.',
      'Cherchez le courriel « Activez votre compte », et ouvrez-le.',
      'Appuyez sur le lien « Confirmation de création de compte ».',
    ],
    note: (sender: string) =>
      `Ce courriel vient de « ${sender} ». ${SPAM} Le lien est valable ${frenchLength(MAILED_LINKS.activation.lifetime)}.`,
    drawing:
      'Dessin d’une boîte de réception. Le premier courriel, « Activez votre compte », est entouré. Plus bas, le dossier « Indésirables » : le courriel peut s’y trouver.',
  },

  password: {
    title: 'Choisir votre mot de passe',
    steps: [
      'Votre identifiant de connexion est écrit dans la page, dans un cadre.',
      'Créez votre mot de passe, puis indiquez-le une seconde fois pour le confirmer.',
      'Appuyez sur « Créer mon compte ».',
    ],
    rule: 'Votre mot de passe doit contenir au moins :',
    drawing:
      'Dessin de la page. Deux cases, « Nouveau mot de passe » et « Confirmation », sont remplies de points. Dessous, le bouton « Créer mon compte ».',
  },

  identifier: {
    title: 'Recevoir votre identifiant',
    steps: [
      'Votre compte vient d’être créé : votre identifiant s’affiche.',
      'Vous allez aussi recevoir un second courriel avec votre identifiant.',
      'Notez-le, puis appuyez sur « Valider ».',
    ],
    note: (tenant: string, supplier: string) =>
      `Il commence par ${tenant} (${supplier} pour un fournisseur). ${SPAM}`,
    drawing:
      'Dessin de la page « Votre compte est créé ». L’identifiant est écrit en grand dans un cadre. Dessous, le bouton « Valider ».',
  },

  signIn: {
    title: 'Se connecter',
    steps: (stem: string) => [
      `Mettez votre identifiant de connexion, qui commence par ${stem}.`,
      'Entrez votre mot de passe.',
      'Appuyez sur « Connexion ».',
    ],
    bravo: 'Bravo ! Vous êtes dans votre espace.',
    drawing:
      'Dessin de la page « Connexion ». Une case pour l’identifiant, une case pour le mot de passe, et le bouton « Connexion ».',
    way: 'Se connecter',
  },

  forgottenPassword: {
    title: 'Mot de passe oublié',
    steps: [
      'Sur la page « Connexion », appuyez sur « Mot de passe oublié ? ».',
      'Indiquez votre identifiant, puis appuyez sur « Valider ».',
      `Premier courriel : un lien, pour confirmer que vous êtes bien le propriétaire du compte. Ouvrez-le dans ${withinLength(MAILED_LINKS.reset.lifetime)}.`,
    ],
    second: {
      on: 'Choisissez un nouveau mot de passe : un second courriel confirme le changement. Ou demandez à le recevoir : le second courriel apporte alors un mot de passe provisoire.',
      off: 'Choisissez un nouveau mot de passe. Un second courriel confirme le changement.',
    },
    drawing: 'Dessin de deux courriels : le premier porte un lien, le second arrive à la fin.',
    way: 'Demander un nouveau mot de passe',
  },

  forgottenIdentifier: {
    title: 'Identifiant oublié',
    steps: [
      'Sur la page « Connexion », appuyez sur « Identifiant oublié ? ».',
      'Remplissez les cases avec votre avis d’échéance (ou notre courrier).',
      'Un courriel part vers l’adresse de votre compte : il contient l’identifiant.',
    ],
    way: 'Retrouver mon identifiant',
  },

  noEmail: {
    title: 'Je n’ai pas d’adresse e-mail',
    steps: [
      'Appelez votre gestionnaire, ou passez le voir avec une pièce d’identité.',
      'Il vous remet une feuille avec un code, ou vous l’envoie par la poste.',
      'Ouvrez la page « J’ai un code de mon gestionnaire ». Recopiez la référence et le code.',
      'Choisissez votre mot de passe. Votre identifiant s’affiche : notez-le.',
    ],
    note: 'Le code sert une seule fois. Mot de passe oublié ? Demandez un autre code.',
    drawing:
      'Dessin d’une feuille de papier. En haut, la référence 471. Au milieu, le code, en grand dans un cadre. À côté, un téléphone où le code est recopié.',
    way: 'J’ai un code de mon gestionnaire',
  },

  stuck: {
    title: 'Je n’arrive pas à me connecter',
    intro: 'Quatre questions, dans l’ordre. Arrêtez-vous au premier « non ».',
    questions: [
      {
        question: 'Avez-vous déjà créé votre compte ?',
        no: 'Non, ou je ne sais plus : créez-le. S’il existe déjà, le portail vous le dira.',
        way: { href: PATHS.signUp, label: 'Créer mon compte' },
      },
      {
        question: 'Avez-vous reçu le courriel d’activation, et appuyé sur son lien ?',
        no: 'Non : regardez les indésirables. Vous pouvez aussi le faire renvoyer, ou corriger votre adresse.',
        way: { href: PATHS.signUpMail, label: 'Où en est mon courriel ?' },
      },
      {
        question: 'Avez-vous votre identifiant sous les yeux ?',
        no: 'Non : nous vous l’enverrons par courriel.',
        way: { href: PATHS.forgottenIdentifier, label: 'Retrouver mon identifiant' },
      },
      {
        question: 'Vous souvenez-vous de votre mot de passe ?',
        no: 'Non : choisissez-en un autre.',
        way: { href: PATHS.forgottenPassword, label: 'Demander un nouveau mot de passe' },
      },
    ],
    yes: 'Quatre fois « oui » ? Essayez de nouveau, sans vous presser.',
    pause: `Après ${countInWords(SIGN_IN.free)} essais, le portail fait une courte pause. Il vous dit à quelle heure revenir.`,
    call: 'Vous n’avez plus accès à votre messagerie, ou rien ne marche ? Appelez-nous : notre numéro est sous « Besoin d’aide ? ».',
  },
};
