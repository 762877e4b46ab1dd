import { Hono } from "hono";
import { handle } from "hono/aws-lambda";
import { replay } from "replay";

const app = new Hono();
app.all("/v1/*", async (context) => {
  if (context.req.method === "POST") await context.req.json();
  return context.json(await replay(context.env.event.calls));
});

export const handler = handle(app);
