// What Vite adds: a file's text for an import that ends in ?raw, and many files at once.

declare module '*?raw' {
  const content: string;
  export default content;
}

interface ImportMeta {
  glob(
    pattern: string,
    options: { query?: string; import?: string; eager?: true; exhaustive?: true },
  ): Record<string, unknown>;
}
