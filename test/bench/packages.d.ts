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
  type Result = {
    requests: { total: number };
    errors: number;
    statusCodeStats: Record<string, { count: number }>;
  };
  type Running = Promise<Result> & { on: (event: 'response', heard: () => void) => void };
  export default function autocannon(options: Options): Running;
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
