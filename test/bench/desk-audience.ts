/** The application of Cloudflare Access before the desk of the bench. */
export const DESK_AUDIENCE = 'the-desk-of-the-bench';
