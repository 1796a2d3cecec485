// Draw a shade over this page while nobody reads it: it runs on, and tells of changes, but is not
// painted. Its document stays as it is; `extract.js` takes the shade away while it looks.
() => {
  if (!document.body) return;
  if (!window.geshaoShade) {
    window.geshaoShade = new CSSStyleSheet();
    window.geshaoShade.replaceSync("body { content-visibility: hidden !important }");
  }
  if (document.adoptedStyleSheets.includes(window.geshaoShade)) return;
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, window.geshaoShade];
}
