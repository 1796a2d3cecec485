// The home page: the four cards that people fall back on.

import { h } from "./kit.js";
import { call } from "./calls.js";
import { quietly } from "./quiet.js";
import { frame } from "./shell.js";

const numbers = h("div", { class: "panel numbers" });
frame(numbers);
quietly(async () => {
  const counts = await call("/chats/userinfo/realtime?get_response=true");
  numbers.replaceChildren(h("div", {}, `欢迎，${counts.username}`));
});
