// The lines of the password's rule: one table for the server and the browser.

/**
 * What a password must meet, in the leaflet's order; « special » is anything neither letter nor digit. The password comes
 * in its canonical form (NFKC).
 * @param {number | string} least the number of characters
 */
export const passwordLines = (least) => ({
  length: new RegExp(`^.{${least},}$`, 'su'),
  upper: /\p{Lu}/u,
  lower: /\p{Ll}/u,
  digit: /\p{Nd}/u,
  special: /[^\p{L}\p{N}]/u,
});
