import express from "express";
import { replay } from "replay";
import serverless from "serverless-http";

const app = express();
app.use(express.json());
app.all("/v1/*path", async (request, response) => {
  response.json(await replay(request.apiGateway.event.calls));
});

export const handler = serverless(app);
