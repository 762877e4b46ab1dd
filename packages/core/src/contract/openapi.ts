export const openApiDocument = (_: unknown, origin: string) => ({ openapi: "3.1.0", servers: [{ url: origin }] });
