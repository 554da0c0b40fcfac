// Fetches the search only when somebody turns to it; `/` and Ctrl-K lead to the field.
(() => {
  "use strict";
  var here = new URL(".", document.currentScript.src).href, came = {}, early = {};
  function script(address) {
    var made = document.createElement("script");
    made.src = window.exhibitionOwn(address);
    return made;
  }
  // scripts come side by side and run in the order in which they were asked for; some stand in the page itself
  function fetched(name) {
    return new Promise((done, failed) => {
      var made = document.querySelector("script[data-part='" + name + "']") || script(here + name);
      made.onload = done;
      // on a line that broke for a moment the next who turns to it asks again
      made.onerror = error => {
        made.remove();
        delete came[name];
        failed(error);
      };
      if (made.parentNode) return;
      made.async = false;
      document.head.appendChild(made);
    });
  }
  // files of the index that come before the engine are kept for it
  window.exhibitionSearch = { put: function (name, content) { early[name] = content; } };
  // a script that is asked for twice comes once, unless it failed to come
  function once(name) {
    came[name] = came[name] || fetched(name);
    return came[name];
  }
  function start() { return once("engine.js"); }
  window.exhibitionBoot = start;
  start.fetched = once;
  start.script = script;
  start.early = early;

  // lists that can be narrowed: the code comes when somebody turns to it, or when the address already says how
  var part = document.querySelector("[data-browse]"), page = document.querySelector("[data-search]"), turned = null, told = null;
  function browse(open) {
    turned = turned || Promise.all([start(), once("list.js")]).then(() => {
      if (told) told.remove();
      return page ? window.exhibitionFind(page) : window.exhibitionBrowse(part).start(open);
    }, () => {
      turned = null;
      tell();
    });
  }
  // the list stays as it stands; without a word one would take it for what was asked
  function tell() {
    told = told || document.createElement("p");
    told.className = "lead";
    told.setAttribute("role", "status");
    part.querySelector(".browse__m").prepend(told);
    told.textContent = "现在读不到数据，请刷新再试。";
  }
  if (part) part.addEventListener("click", event => { if (event.target.closest("[data-open]")) browse(true); });
  if (page || part && /[?&][a-z_]+=./.test(location.search)) {
    // words are looked up while the list is still on its way, and where they stand alone the first results, too
    var words = (new URLSearchParams(location.search).get("q") || "").slice(0, 200), alone = page && /^\?q=[^&]+$/.test(location.search);
    if (words.trim()) start().then(() => window.exhibitionEngine[alone ? "ahead" : "search"](words)).catch(() => {});
    browse(false);
  }

  function field() {
    var fields = Array.from(document.querySelectorAll("[data-search-field]"));
    return fields.find(one => one.offsetParent);
  }
  document.addEventListener("focusin", event => {
    if (event.target.matches("[data-search-field]")) start().then(() => { once("field.js"); });
  });
  // who composes characters while the script of the field is on its way has typed but half of them
  ["compositionstart", "compositionend"].forEach(name => document.addEventListener(name, () => { start.composing = name === "compositionstart"; }));
  document.addEventListener("keydown", event => {
    var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey;
    var typing = event.isComposing || event.target.isContentEditable || /^(input|textarea|select)$/i.test(event.target.tagName);
    if (!(slash && !typing) && !((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k")) return;
    event.preventDefault();
    var found = field();
    if (found) {
      found.focus();
      found.select();
    } else {
      var link = document.querySelector("[data-search-link]");
      if (link) link.click();
    }
  });
})();
