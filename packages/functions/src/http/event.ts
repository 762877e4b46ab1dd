import type { APIGatewayEventRequestContextV2, APIGatewayProxyEventV2WithRequestContext } from "aws-lambda";

/** An event of API Gateway (payload format 2.0). Only routes with an authorizer have claims. */
export type HttpEvent = APIGatewayProxyEventV2WithRequestContext<
  APIGatewayEventRequestContextV2 & {
    readonly authorizer?: { readonly jwt?: { readonly claims: Readonly<Record<string, unknown>> } };
  }
>;

/** A response for API Gateway. */
export interface HttpResponse {
  statusCode: number;
  headers: Record<string, string>;
  body?: string;
  cookies?: string[];
}
