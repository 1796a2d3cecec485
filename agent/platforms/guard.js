// Before any script of the page's own runs, take from it what no request tells of: connections to
// other hosts, other programs, windows of its own, and dialogs, each of which would hold it up.
([sites, names]) => {
  // The page may change all of these later on.
  const {URL, Event, CloseEvent, EventTarget, Proxy, Reflect, DOMException} = window;
  const bound = (method) => Function.prototype.call.bind(method);
  const part = (of, name) => bound(Object.getOwnPropertyDescriptor(of.prototype, name).get);
  const [hrefOf, hostOf] = [part(URL, "href"), part(URL, "host")];
  const [hostnameOf, protocolOf] = [part(URL, "hostname"), part(URL, "protocol")];
  const endsWith = bound(String.prototype.endsWith);
  const dispatch = bound(EventTarget.prototype.dispatchEvent);
  const later = window.setTimeout.bind(window);
  const refused = window.geshaoRefused;
  delete window.geshaoRefused;

  const any = names.map((name) => name[0] === "*");
  const ends = names.map((name) => name.slice(1));
  const allows = (url) => {
    for (let i = 0; i < sites.length; i += 1) if (hostOf(url) === sites[i]) return true;
    for (let i = 0; i < names.length; i += 1) {
      const there = hostnameOf(url);
      if (any[i] ? endsWith(there, ends[i]) : there === names[i]) return true;
    }
    return false;
  };
  let told = 0;
  const isForeign = (address) => {
    let url;
    try {
      url = new URL(address, document.baseURI);
    } catch {
      return false; // the browser's own constructor says what is wrong with it
    }
    if (allows(url)) return false;
    if (refused && told < 20) refused(hrefOf(url));
    told += 1;
    return true;
  };

  // One that is closed from the beginning: pages know how to go on without a connection.
  const closed = (like, address) => {
    const socket = new EventTarget();
    Reflect.setPrototypeOf(socket, like);
    const own = {url: `${address}`, readyState: 3, bufferedAmount: 0, protocol: "", extensions: ""};
    for (const name of ["onopen", "onmessage", "onerror", "onclose"]) own[name] = null;
    own.send = own.close = () => undefined;
    for (const name of Reflect.ownKeys(own)) {
      Reflect.defineProperty(socket, name, {value: own[name], writable: true});
    }
    const tell = (event) => {
      dispatch(socket, event);
      if (typeof socket[`on${event.type}`] === "function") socket[`on${event.type}`](event);
    };
    later(() => {
      tell(new Event("error"));
      tell(new CloseEvent("close", {code: 1006}));
    });
    return socket;
  };
  const watched = (name, instead) => {
    const Native = window[name];
    if (!Native) return;
    const construct = (target, args, made) =>
      isForeign(args[0]) ? instead(Native.prototype, args[0]) : Reflect.construct(target, args, made);
    window[name] = new Proxy(Native, {construct});
    Native.prototype.constructor = window[name];
  };
  watched("WebSocket", closed);
  watched("WebTransport", () => {
    throw new DOMException("", "NetworkError");
  });

  // What leads to a program of the machine would also leave the browser waiting for a page.
  if (window.navigation) {
    const [goal, address] = [part(NavigateEvent, "destination"), part(NavigationDestination, "url")];
    const stop = bound(Event.prototype.preventDefault);
    const pages = ["http:", "https:", "about:", "blob:", "data:"];
    window.navigation.addEventListener("navigate", (event) => {
      const scheme = protocolOf(new URL(address(goal(event))));
      for (let i = 0; i < pages.length; i += 1) if (scheme === pages[i]) return;
      stop(event);
    });
  }

  delete window.SharedWorker; // browsers that we started have none
  window.open = () => null;
  window.alert = window.print = () => undefined;
  window.confirm = () => false;
  window.prompt = () => null;
}
