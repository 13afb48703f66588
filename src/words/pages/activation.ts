// The choice of a password behind the first mailed link, and the page with the identifier.

export const activation = {
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
  sentTitle: 'Un nouveau courriel est parti',
  sent: 'Nous l’avons envoyé à l’adresse donnée quand le compte a été créé. Ouvrez-le et appuyez sur son lien.',
  sentTips: [
    'Regardez aussi dans les courriers indésirables (ou « spam »).',
    'Ce n’est plus votre adresse ? Remplissez de nouveau « Créer votre espace client » : vous n’aurez qu’un seul compte.',
  ],
};

export const created = {
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
};
