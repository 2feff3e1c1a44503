// Mistakes an app could make. The compiler must find each: where it does not, it fails here.

import type { components, paths } from "./generated/openapi.js";

type EpisodeData = components["schemas"]["EpisodeData"];
type Change = paths["/v1/episodes/{id}"]["put"];
type Answer = paths["/v1/episodes"]["post"]["responses"];

const start = { at: "2026-11-21T08:15:00+08:00" };

// @ts-expect-error an episode has a start
export const withoutStart: EpisodeData = {};

// @ts-expect-error there is no such field
export const unknownField: EpisodeData = { start, mood: "fine" };

// @ts-expect-error there is no such code
export const unknownCode: EpisodeData = { start, sites: [{ site: "elbow" }] };

// @ts-expect-error strength is a number
export const wrongType: EpisodeData = { start, strength: "4" };

// @ts-expect-error a change names the version it started from
export const withoutVersion: Change["parameters"]["header"] = {};

// @ts-expect-error a tombstone has no data
export const dataOf = (answer: Answer[201]["content"]["application/json"]) => answer.data.start;

// @ts-expect-error this is no status of the route
export type NoSuchStatus = Answer[204];
