// What the bench uses of the packages it installs for itself: `npm run check` must not need them.

declare module 'autocannon' {
  type Request = { method?: string; path?: string; headers?: Record<string, string>; body?: string };
  type Options = {
    url: string;
    connections: number;
    duration?: number;
    amount?: number;
    requests: (Request & { setupRequest?: (request: Request) => Request })[];
  };
  export type Result = {
    /** Seconds. */
    duration: number;
    requests: { total: number };
    errors: number;
    statusCodeStats: Record<string, { count: number }>;
  };
  export default function autocannon(options: Options): Promise<Result>;
}

declare module 'better-auth' {
  export function betterAuth(options: object): { handler: (request: Request) => Promise<Response> };
}

declare module 'better-auth/plugins/username' {
  export function username(): object;
}

declare module 'better-auth/db/migration' {
  export function getMigrations(options: object): Promise<{ runMigrations: () => Promise<void> }>;
}
