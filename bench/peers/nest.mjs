import "reflect-metadata";
import { All, Controller, Module, Req } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import { ExpressAdapter } from "@nestjs/platform-express";
import express from "express";
import { replay } from "replay";
import serverless from "serverless-http";

class BenchController {
  answer(request) {
    return replay(request.apiGateway.event.calls);
  }
}

// What `@All("*path")` and `@Req()` do, without a compiler.
All("*path")(BenchController.prototype, "answer", Object.getOwnPropertyDescriptor(BenchController.prototype, "answer"));
Req()(BenchController.prototype, "answer", 0);
Controller("v1")(BenchController);

class AppModule {}
Module({ controllers: [BenchController] })(AppModule);

async function start() {
  const server = express();
  const app = await NestFactory.create(AppModule, new ExpressAdapter(server), { logger: false });
  await app.init();
  return serverless(server);
}

let started;
export const handler = async (event, context) => {
  started ??= start();
  return (await started)(event, context);
};
