// A password as an example: three words that have nothing to do with each other, and a number. Each page draws its own,
// from 256 words and 90 numbers: 30 bits, where a pause stops a guesser after five tries.

const WORDS = `
  abeille acacia agneau alouette amande ananas ancre anneau arbre ardoise argile armoire asperge atelier
  aubergine avion balai balcon bambou barque bassine bobine bocal bonnet botte bougie bouquet bouton branche
  brebis brioche brique brosse buis cabane cabri cactus caillou canne capuche carafe carotte carton cascade
  casquette cerfeuil chaise chalet champ chandail chanvre chapeau charrue chemin chemise chouette cigale
  cigogne clairon clocher coffre colline comptoir copeau coquille corail cordage corde coton coude couloir
  coussin crabe craie crayon croissant cuivre damier dentelle drapeau dune enclume encre escabeau escalier
  escargot falaise farine faucon fauteuil fenouil feuille ficelle figue flaque fontaine forge fourmi fromage
  fusain galet gamelle gant gaufre gilet girafe glacier gourde grange granit grappe grelot grenier grillon
  guitare hamac hameau haricot hibou horloge huile iris ivoire jonquille journal jument lagune laine laitue
  lampe lanterne lavande levier libellule lierre lilas limace linge loupe lucarne maillot manteau marbre
  marelle marmite marteau matelas melon menthe merle miel mimosa mirabelle miroir moineau montre moulin
  mouton muguet muraille myrte nappe navet navire olive ombre vigne oreiller orge osier oursin outil
  ovale paille palmier panier parasol patin pavot peigne pelle pendule peuplier phare piano pigeon piment
  pinceau pivoine planche platane plume poire poivron pont poterie potiron poulain prairie prune puits quai
  quille radis raisin rameau rideau robinet roseau roulotte route ruban ruche ruisseau sable sabot safran
  sapin sardine saule savon seau sentier serrure sifflet soupe source statue sucre sureau tabouret tambour
  tamis tapis tasse taupe terrasse thym tilleul tiroir toile tomate tonneau tonnelle torrent tortue toupie
  tracteur tresse trompette truite tuile vague valise vallon velours
`.match(/\S+/g) as string[];

/** `Figue-lampe-bateau47`: it keeps every line of the leaflet's rule, with no accent that a keyboard may not have. */
export function drawPhrase(): string {
  const [one = 0, two = 0, three = 0, number = 0] = crypto.getRandomValues(new Uint8Array(4));
  const phrase = [one, two, three].map((byte) => WORDS[byte]).join('-');
  return `${phrase.charAt(0).toUpperCase()}${phrase.slice(1)}${10 + (number % 90)}`;
}
