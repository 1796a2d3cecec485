// Ask once more for what the page asked for, in the same order: the answers are kept beside it.
(asked) => {
  if (window.top !== window) return;
  document.addEventListener("DOMContentLoaded", async () => {
    for (const {url, method, body} of asked) {
      try {
        await (await fetch(url, {method, body: body ?? undefined, credentials: "omit"})).text();
      } catch {
        continue; // what is refused here is missed by the reader
      }
    }
  });
}
