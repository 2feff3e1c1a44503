// What an app does with the typed client: log an episode, read it, be told of a conflict, and sync.
// Usage: node compiled/round_trip.js BASE TOKEN; prints what it saw as one line of JSON.

import createClient from "openapi-fetch";
import type { components, paths } from "./generated/openapi.js";

declare const process: { argv: string[] }; // all that is needed of Node

type EpisodeData = components["schemas"]["EpisodeData"];
type Problem = components["schemas"]["Problem"];

function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === undefined || value === null) {
    throw new Error(`${what} is missing`);
  }
  return value;
}

// Every problem has these members; a switch over `code` knows all codes of the contract.
function whatToDo(problem: Problem): "merge" | "sign in" | "show" {
  switch (problem.code) {
    case "version_conflict":
    case "precondition_failed":
      return "merge";
    case "unauthenticated":
    case "device_revoked":
    case "expired":
      return "sign in";
    default:
      return "show";
  }
}

const [baseUrl, token] = process.argv.slice(2);
const client = createClient<paths>({
  baseUrl: present(baseUrl, "the address"),
  headers: { "X-Session-Token": present(token, "the token") },
});
const id = crypto.randomUUID();
const data: EpisodeData = {
  start: { at: new Date().toISOString(), time_zone: "UTC" },
  sites: [{ site: "upper_lip", side: "left" }],
  strength: 4,
};

const created = await client.POST("/v1/episodes", { body: { id, data } });
const etag = present(created.response.headers.get("ETag"), "the ETag");
const read = await client.GET("/v1/episodes/{id}", { params: { path: { id } } });
const strength: number | null | undefined = read.data?.data?.strength;

const put = (version: string, changed: EpisodeData) =>
  client.PUT("/v1/episodes/{id}", {
    params: { path: { id }, header: { "If-Match": version } },
    body: { data: changed },
  });
const replaced = await put(etag, { ...data, strength: 5 });
const outdated = await put(etag, { ...data, strength: 6 });
const refused = await client.GET("/v1/episodes", { params: { query: { limit: 201 } } });
const listed = await client.GET("/v1/episodes", { params: { query: { limit: 1 } } });
const stranger = await createClient<paths>({ baseUrl: present(baseUrl, "the address") }).GET(
  "/v1/profile",
);

const pushed = await client.POST("/v1/sync", {
  body: { ops: [{ op: crypto.randomUUID(), id, type: "episode", base: 2, deleted: true }] },
});
const pulled = await client.GET("/v1/sync", {});
const [tombstone] = present(pulled.data, "the changes").changes;

console.log(
  JSON.stringify({
    created: created.response.status,
    strength,
    version: replaced.data?.version,
    outdated: whatToDo(present(outdated.error, "the conflict")),
    server: present(outdated.error, "the conflict").server?.["version"],
    pointer: refused.error?.errors?.[0]?.pointer,
    listed: listed.data?.items.map((record) => record.data?.strength),
    stranger: whatToDo(present(stranger.error, "the refusal")),
    pushed: pushed.data?.results.map((result) => result.status),
    tombstone: tombstone?.deleted,
  }),
);
