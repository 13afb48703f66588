// Another landlord: the same portal with other settings, and nothing of the first.

export const OTHER_SETTINGS = {
  PORTAL_ORIGIN: 'https://locataires.granite.example',
  ORGANISATION_NAME: 'Office du Granite Rose',
  ORGANISATION_SHORT_NAME: 'Granite Habitat',
  ORGANISATION_ADDRESS: '1 rue du Port, 22700 Perros',
  CONTACT_PHONE: '02 96 00 00 00',
  CONTACT_EMAIL: 'contact@granite.example',
  CONTACT_HOURS: 'du lundi au jeudi',
  PUBLICATION_DIRECTOR: 'Anne Le Goff',
  DPO_EMAIL: 'dpo@granite.example',
  IDENTIFIER_PREFIX: 'GRANIT',
  ACCENT_COLOR: '#7a1f4f',
  TIME_ZONE: 'Indian/Reunion',
  MAIL_FROM: 'portail@granite.example',
  CLIENT_LEFT_GRACE_DAYS: '45',
  SERVICES:
    'Payer mon loyer | https://paiement.granite.example | public; Signaler une panne | https://granite.example/panne',
  CLIENT_FILE_DAYS: '3',
  LETTER_WORDS: 'Chère voisine, cher voisin, votre espace est ouvert.',
  DESK_AUDIENCE: 'granite-desk',
  DESK_MANAGERS: 'chef@granite.example',
  REPORT_TO: 'direction@granite.example',
  ACCESSIBILITY_STATE: 'partial',
  ACCESSIBILITY_RATE: '72.5',
  ACCESSIBILITY_DATE: '2026-11-20',
  ACCESSIBILITY_AUDITOR: 'Atelier Fougère',
  ACCESSIBILITY_PLAN_URL: 'https://granite.example/schema',
  ACCESSIBILITY_REPORT_URL: 'https://granite.example/audit',
};

/** What only the first landlord says. */
export const FIRST_LANDLORD = /CAPA|Ajacc|ophcapa|scepia|04 95|Stiletto/i;

/** A wrangler.toml from before them does not have these: a portal runs without. */
export const OPTIONAL_SETTINGS =
  /^(ACCESSIBILITY|DESK)_|^(CLIENT_FILE_DAYS|LETTER_WORDS|MAIL_ACCOUNT_ID|REPORT_TO|SERVICES)$/;
