// Every form of the portal: its address, and the fields somebody types or chooses in.

/** Of one address in several lines: what is typed together. */
export const FORMS: [string, string[]][] = [
  ['/connexion', ['identifiant', 'mot_de_passe', 'suite']],
  ['/inscription', ['profil', 'reference', 'nom', 'prenom', 'date_naissance', 'raison_sociale', 'siret']],
  ['/inscription', ['email', 'email_confirmation']],
  ['/inscription/aide', ['telephone']],
  ['/code', ['reference', 'code', 'mot_de_passe', 'confirmation']],
  ['/inscription/courriel/adresse', ['email', 'email_confirmation']],
  ['/activation/:token', ['mot_de_passe', 'confirmation']],
  ['/mot-de-passe/:token', ['mot_de_passe', 'confirmation']],
  ['/mot-de-passe/:token/provisoire', ['identifiant']],
  ['/mot-de-passe-oublie', ['identifiant']],
  ['/identifiant-oublie', ['profil', 'reference', 'nom', 'date_naissance', 'siret']],
  ['/courriel/:token', ['identifiant']],
  ['/espace/mot-de-passe', ['mot_de_passe_actuel', 'mot_de_passe', 'confirmation']],
  ['/espace/courriel', ['mot_de_passe_actuel', 'email', 'email_confirmation']],
  ['/espace/fermeture', ['mot_de_passe_actuel']],
  ['/espace/sessions', ['session']],
  ['/connexion/cle', ['cle', 'suite']],
  ['/espace/cles', ['appareil', 'mot_de_passe_actuel', 'cle', 'retirer', 'garder', 'partage']],
  ['/espace/cles/nouvelle', ['cle']],
];

/** Addresses that are posted to by a bare button. */
export const BUTTONS = [
  '/deconnexion',
  '/connexion/cle/defi',
  '/espace/cles/defi',
  '/inscription/courriel/renvoi',
  '/activation/:token/nouveau-lien',
  '/mot-de-passe/:token/nouveau-lien',
];
