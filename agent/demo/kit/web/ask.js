// How a page asks its platform, and how it hears that something changed.

import { boot, setClock } from "./kit.js";

// Ask `path` of a site (this page's own unless named): POST with JSON if there is a body, else GET.
// Returns { answer, response, stale }: the JSON, the response it came with, and whether the page
// is of an older release or of another shop than is shown now, so that it should reload (never
// where the office has pages that don't). Throws when there is no answer or it is not JSON. What
// an envelope means is the platform's own matter.
export async function ask(path, { site = boot.site, query, body, headers = {} } = {}) {
  const origin = site === boot.site ? "" : boot.sites[site];
  const search = query ? `?${new URLSearchParams(query)}` : "";
  const options = { credentials: "include", method: body ? "POST" : "GET", headers };
  if (body) {
    options.headers = { "content-type": "application/json", ...headers };
    options.body = JSON.stringify(body);
  }
  const response = await fetch(`${origin}${path}${search}`, options);
  setClock(Number(response.headers.get("x-server-now")));
  const answer = await response.json();
  return { answer, response, stale: isStale(response) };
}

export function isStale(response) {
  const mark = response.headers.get("x-page-mark");
  return boot.heals && Boolean(mark) && mark !== boot.mark;
}

const SOCKET_RETRY_MS = 2000;

// The page's socket. Frames only say that something changed ({topic: "aftersale" | "verify" |
// "verified" | "account" | an office's own}); the page then asks by itself. `returned` is called
// when a lost socket is there again.
export function listen(origin, heard, returned = () => undefined) {
  if (!boot.push) return;
  let lost = false;
  const connect = () => {
    const socket = new WebSocket(`${origin.replace("http", "ws")}/ws/v2`);
    socket.onopen = () => { if (lost) returned(); lost = false; };
    socket.onmessage = (event) => heard(JSON.parse(event.data));
    socket.onclose = () => { lost = true; setTimeout(connect, SOCKET_RETRY_MS); };
  };
  connect();
}
