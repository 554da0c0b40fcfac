// Fetches the search only when somebody turns to it; `/` and Ctrl-K lead to the field.
(function () {
  "use strict";
  var here = new URL(".", document.currentScript.src).href, asked = null;
  function fetched(name) {
    return new Promise(function (done, failed) {
      var script = document.createElement("script");
      script.src = here + name;
      script.onload = done;
      script.onerror = failed;
      document.head.appendChild(script);
    });
  }
  function start() {
    asked = asked || fetched("tokens.js").then(function () { return fetched("engine.js"); }).then(function () {
      return Promise.all([fetched("field.js"), document.querySelector("[data-search]") ? fetched("page.js") : null]);
    });
    return asked;
  }
  function field() {
    var fields = Array.from(document.querySelectorAll("[data-search-field]"));
    return fields.find(function (one) { return one.offsetParent; });
  }
  document.addEventListener("focusin", function (event) {
    if (event.target.matches("[data-search-field]")) start();
  });
  document.addEventListener("keydown", function (event) {
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
  if (document.querySelector("[data-search]")) start();
})();
