// The key of /api/clients on this machine. Not secret: it guards nothing but the demo's data.

export const DEMO_CLIENTS_KEY = 'development-only-clients-key-of-40-chars';
