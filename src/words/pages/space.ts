// The personal space, and the link that confirms a new address.

export const space = {
  title: 'Mon espace',
  /** The way here, from its other pages. */
  back: 'Retour à mon espace',
  hello: (name: string) => `Bonjour ${name}`,
  passwordChanged: 'Votre mot de passe est changé.',
  emailAsked:
    'Un courriel vient de partir à la nouvelle adresse. Ouvrez-le et appuyez sur le lien : votre adresse changera alors.',
  emailCancelled: 'Le changement d’adresse est annulé.',
  bravo: 'Bravo ! Votre compte est créé.',
  bravoNext: 'Vous êtes dans votre espace. Notez bien votre identifiant :',
  purpose: 'Ce que vous pouvez faire',
  reference: { tenant: 'Locataire n°', supplier: 'Fournisseur n°' },
  identifier: 'Identifiant',
  email: 'Adresse e-mail',
  lastSignIn: 'Dernière connexion',
  longAgo: (span: string) => `Aucune depuis ${span}`,
  pendingEmail: (email: string) => `En attente de confirmation : ${email}`,
  pendingEmailFate: 'Où en est ce courriel ?',
  actions: 'Mon compte',
  /** The way to it, on the first page. */
  account: 'Mon identifiant et mon compte',
  password: 'Changer mon mot de passe',
  emailPage: 'Changer mon adresse e-mail',
  sessions: 'Mes connexions',
  data: 'Mes données',
  closing: 'Fermer mon compte',
  signOut: 'Me déconnecter',
};

export const spacePassword = {
  title: 'Changer mon mot de passe',
  mustChoose: 'Votre mot de passe provisoire a servi. Choisissez maintenant votre nouveau mot de passe.',
  current: 'Mot de passe actuel',
  submit: 'Enregistrer mon mot de passe',
};

export const spaceEmail = {
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
};

export const emailConfirmation = {
  title: 'Confirmer votre nouvelle adresse e-mail',
  intro: 'Cette adresse remplacera celle de votre compte :',
  identify: ([tenant, supplier]: string[]) =>
    `Pour vérifier que c’est bien vous, indiquez l’identifiant du compte. Il commence par ${tenant} ou ${supplier}, et il est écrit dans le courriel envoyé à l’adresse actuelle.`,
  submit: 'Confirmer cette adresse',
  doneTitle: 'Votre adresse est confirmée',
  done: 'Nous vous écrirons maintenant à cette adresse.',
};

export const spaceSessions = {
  title: 'Mes connexions',
  intro: 'Les appareils connectés à votre compte en ce moment.',
  here: 'Cet appareil',
  since: (moment: string) => `Connexion ouverte le ${moment}`,
  end: 'Déconnecter',
  endOthers: 'Déconnecter tous les autres appareils',
  notMeTitle: 'Ce n’est pas moi',
  notMe:
    'Vous ne reconnaissez pas un appareil ? Nous fermons toutes les connexions. L’ancien mot de passe et les appareils enregistrés n’ouvrent plus rien. Vous recevez un lien pour choisir un nouveau mot de passe.',
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
};

export const spaceClosing = {
  title: 'Fermer mon compte',
  intro:
    'Votre adresse e-mail et votre mot de passe seront effacés du portail. Votre contrat avec nous ne change pas. Vous pourrez créer un nouveau compte quand vous voudrez.',
  submit: 'Fermer définitivement mon compte',
};
