import path from "node:path";

/** Media types by file extension. SST uses the same ones for a site's files. */
const types: Readonly<Record<string, string>> = {
  avif: "image/avif",
  css: "text/css",
  eot: "application/vnd.ms-fontobject",
  gif: "image/gif",
  htm: "text/html",
  html: "text/html",
  ico: "image/vnd.microsoft.icon",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  js: "text/javascript",
  json: "application/json",
  jsonld: "application/ld+json",
  mjs: "text/javascript",
  otf: "font/otf",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  ttf: "font/ttf",
  txt: "text/plain",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  webp: "image/webp",
  woff: "font/woff",
  woff2: "font/woff2",
  xml: "application/xml",
  zip: "application/zip",
};

const isText = (type: string) => /^text\/|json$|xml$/.test(type) && !type.endsWith("ms-fontobject");

export function contentTypeOf(file: string): string {
  const type = types[path.extname(file).slice(1).toLowerCase()] ?? "application/octet-stream";
  return isText(type) ? `${type};charset=UTF-8` : type;
}
