// The headers of every answer of the Worker. Files of public/ get theirs from public/_headers.

import { secureHeaders } from 'hono/secure-headers';

/** Two years, as the preload list asks. */
const HSTS = 'max-age=63072000; includeSubDomains';

export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    // The quiet refresh of a mail's way.
    connectSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [] },
  // `no-referrer` would make browsers send `Origin: null` with our own forms.
  referrerPolicy: 'same-origin',
  strictTransportSecurity: HSTS,
  xFrameOptions: 'DENY',
});
