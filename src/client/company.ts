// Names of companies: compared without their legal form, in whatever order, since the SIRET tells them apart.

import { words } from './name-words.ts';

/**
 * Legal forms as they are written, from INSEE's « catégories juridiques » (September 2022) and the Code de commerce; what stands
 * for « société »; and civilities, since one person may be the company.
 */
const NO_NAMES = new Set(
  (
    'SA SAS SASU SARL SARLU EURL EI EIRL SNC SCS SCA SC SCI SCP SCM SCPI SCCV SCEA SCICV SCOP SCIC SEP SE SELARL SELARLU SELAS ' +
    'SELASU SELAFA SELCA SPFPL SPFPLARL SPFPLAS GIE GEIE GAEC GFA GFR GCS EARL CUMA SICA SICAV SEM SEML SAEM SAEML SAIEM SPL SPLA ' +
    'SEMOP EPIC EPA STE SOC SOCIETE ETS ETABLISSEMENT ETABLISSEMENTS ENTREPRISE ENTREPRENEUR ENT AUTOENTREPRISE AUTOENTREPRENEUR ' +
    'MICROENTREPRISE MICROENTREPRENEUR AUTO MICRO INDIVIDUEL INDIVIDUELLE M MR MME MLLE MONSIEUR MADAME MADEMOISELLE'
  ).split(' '),
);

/** The same written out. */
const WRITTEN_OUT =
  /\bSOCIETE (?:A RESPONSABILITE LIMITEE|PAR ACTIONS SIMPLIFIEE|ANONYME|EN NOM COLLECTIF|EN COMMANDITE|CIVILE(?: IMMOBILIERE| PROFESSIONNELLE| DE MOYENS)?)(?: UNIPERSONNELLE| COOPERATIVE)?\b/g;

/** A company's name for comparing: folded, `&` read as ET, without its legal form (SARL, SAS …). */
export function foldCompany(name: string): string {
  return companyWords(name).join('');
}

/** Whether two names are one company's: the same words, in any order, however they are cut. */
export function sameCompany(one: string, other: string): boolean {
  if (foldCompany(one) === foldCompany(other)) return true;
  const [a, b] = [companyWords(one).sort(), companyWords(other).sort()];
  return a.length === b.length && a.every((word, index) => word === b[index]);
}

function companyWords(name: string): string[] {
  const found = acronyms(words(name.replace(/[&＆]/g, ' ET ')));
  const bare = found.join(' ').replace(WRITTEN_OUT, ' ').split(' ');
  const core = bare.filter((word) => word && !NO_NAMES.has(word));
  return core.length > 0 ? core : found;
}

/** `S`, `A`, `R`, `L` → `SARL`: letters that stand alone are one word, whatever stands between them. */
function acronyms(all: string[]): string[] {
  const found: string[] = [];
  let isOpen = false;
  for (const word of all) {
    const isLetter = word.length === 1;
    if (isLetter && isOpen) found.push(`${found.pop()}${word}`);
    else found.push(word);
    isOpen = isLetter;
  }
  return found;
}
