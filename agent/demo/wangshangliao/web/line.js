// The client's own line to its service: over it the client learns everything.

import { boot } from "./kit.js";

const RETRY_MS = 1000;
const HOME = "/wangshangliao/index.html";

// `heard(topic)` is called with what the page itself has to do; `lost` and `back` with the line.
export function listen({ heard = () => undefined, lost = () => undefined, back = () => undefined }) {
  if (!boot.push) return;
  let gone = false;
  const connect = () => {
    const socket = new WebSocket(`${location.origin.replace("http", "ws")}/ws/v2`);
    socket.onopen = () => { if (gone) back(); gone = false; };
    socket.onmessage = (event) => follow(JSON.parse(event.data).topic);
    socket.onclose = () => { gone = true; lost(); setTimeout(connect, RETRY_MS); };
  };
  const follow = (topic) => {
    if (topic === "account") location.reload();
    else if (topic === "away") location.href = "/notice/index.html";
    else if (topic === "home" && location.pathname !== HOME) location.href = HOME;
    else heard(topic);
  };
  connect();
}
