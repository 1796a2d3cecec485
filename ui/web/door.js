// Lets pywebview in without `eval`: it builds its calls with `new Function`, which the page's
// content policy forbids. Must run before pywebview puts itself into the window.
"use strict";

(() => {
  let guest = window.pywebview;
  let calls = 0;

  function caller(host, name) {
    host._returnValuesCallbacks[name] = {};
    return (...values) => {
      calls += 1;
      const id = `call${calls}`;
      const answer = new Promise((resolve, reject) => host._checkValue(name, resolve, reject, id));
      host._jsApiCallback(name, values, id);
      return answer;
    };
  }

  function furnished(host) {
    if (host?._jsApiCallback) {
      host._createApi = (entries) => {
        for (const { func } of entries) host.api[func] = caller(host, func);
      };
    }
    return host;
  }

  Object.defineProperty(window, "pywebview", {
    configurable: true,
    get: () => guest,
    set: (host) => { guest = furnished(host); },
  });
})();
