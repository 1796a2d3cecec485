// Some other page that the client shows by itself.

import { h, mount } from "./kit.js";
import { listen } from "./line.js";

mount(h("main", {}, h("h2", {}, "新版本公告"), h("p", {}, "本次更新修复了一些问题。")));
listen({});
