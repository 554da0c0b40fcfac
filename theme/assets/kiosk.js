// A screen in the hall (?kiosk): no way out, a bar to walk by, back to the start when nobody is there. docs/offline.md
(function (root) {
  "use strict";
  var html = document.documentElement, site = new URL("../", document.currentScript.src);
  var STACK = "exhibition.kiosk.way", IDLE = 80, LAST = 10;
  var index = site.protocol === "file:" ? "index.html" : "";
  var attract = document.querySelector("[data-attract]");

  function at(path) { return site.href + path + index; }
  function made(tag, className, words) {
    var node = document.createElement(tag);
    node.className = className;
    if (words) node.textContent = words;
    return node;
  }
  function button(className, words, act) {
    var node = made("button", className, words);
    node.type = "button";
    node.addEventListener("click", act);
    return node;
  }

  // ---- no way out: links that leave the exhibition, or end in a file without a way back, are words
  function inside(link) {
    var address = link.getAttribute("href") || link.getAttribute("xlink:href") || "", to;
    try {
      to = new URL(address, document.baseURI);
    } catch (error) {
      return false;
    }
    return to.href.indexOf(site.href) === 0 && /(\/|\.html)$/.test(to.pathname) && !link.hasAttribute("download");
  }
  function shut(link) {
    if (link.hasAttribute("target")) link.removeAttribute("target");
    if (!link.hasAttribute("href") || link.hasAttribute("data-enlarge") || inside(link)) return;
    link.removeAttribute("href");
    link.classList.add("kiosk-shut");
  }
  function dress(node) {
    if (node.nodeType !== 1) return;
    if (node.matches("a")) shut(node);
    if (node.matches("input")) field(node);
    Array.prototype.forEach.call(node.querySelectorAll("a"), shut);
    Array.prototype.forEach.call(node.querySelectorAll("input"), field);
  }
  // the system's own keyboard would cover the screen and leads out of it
  function field(input) {
    if (/^(text|search)$/.test(input.type)) input.setAttribute("inputmode", "none");
  }
  function stop(event) { event.preventDefault(); }
  function guard() {
    dress(document.body);
    new MutationObserver(function (changes) {
      changes.forEach(function (change) {
        if (change.type === "attributes") shut(change.target);
        else Array.prototype.forEach.call(change.addedNodes, dress);
      });
    }).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["href", "target"] });
    root.addEventListener("click", function (event) {
      var link = event.target.closest && event.target.closest("a[href]");
      if (link && !event.defaultPrevented && !inside(link)) event.preventDefault();
    });
    ["contextmenu", "dragstart", "drop", "auxclick", "gesturestart"].forEach(function (name) { root.addEventListener(name, stop); });
    root.addEventListener("wheel", function (event) { if (event.ctrlKey) stop(event); }, { passive: false });
    root.addEventListener("keydown", function (event) {
      if (event.ctrlKey || event.altKey || event.metaKey || /^F\d+$/.test(event.key)) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }, true);
    var click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () { if (inside(this)) click.call(this); };
    root.print = function () {};
    root.open = function () { return null; };
  }

  // ---- the way walked since the start: "back" never leads into what the visitor before has seen
  function way() {
    try {
      return JSON.parse(sessionStorage.getItem(STACK) || "[]");
    } catch (error) {
      return [];
    }
  }
  function keep(steps) {
    try {
      sessionStorage.setItem(STACK, JSON.stringify(steps.slice(-50)));
    } catch (error) {
      // without storage there is no way back but the bar's other buttons
    }
  }
  function back() {
    var steps = way();
    if (steps.length < 2) return;
    keep(steps.slice(0, -1));
    location.replace(steps[steps.length - 2]);
  }
  function bar() {
    var nav = made("nav", "kiosk-bar"), steps = way(), here = location.href.split("#")[0];
    if (steps[steps.length - 1] !== here) steps.push(here);
    keep(steps);
    nav.setAttribute("aria-label", "展厅屏幕");
    var returning = button("", "返回", back);
    returning.disabled = steps.length < 2;
    nav.appendChild(returning);
    [["首页", ""], ["成果", "projects/"], ["检索", "search/"]].forEach(function (one) {
      if (one[1] === "projects/" && !document.querySelector('.site-foot a[href*="projects/"]')) return;
      var link = made("a", "", one[0]);
      link.href = at(one[1]);
      nav.appendChild(link);
    });
    nav.appendChild(button("", "看完了", reset));
    document.body.appendChild(nav);
  }

  // ---- back to the start
  var seen = Date.now(), ask = null, timer = 0;
  function forget() {
    try {
      [localStorage, sessionStorage].forEach(function (store) {
        Object.keys(store).forEach(function (name) {
          if (/^exhibition\./.test(name) && name !== "exhibition.kiosk") store.removeItem(name);
        });
      });
    } catch (error) {
      // nothing was kept where nothing can be kept
    }
  }
  function reset() {
    forget();
    location.replace(at("kiosk/"));
  }
  function playing() {
    return Array.prototype.some.call(document.querySelectorAll("video, audio"), function (one) { return !one.paused && !one.ended; });
  }
  function go() {
    var open = ask;
    seen = Date.now();
    ask = null;
    if (!open) return;
    open.close();
    open.remove();
  }
  function asking() {
    var words = made("p", "kiosk-ask__n"), number = made("b", "", String(LAST));
    ask = made("dialog", "kiosk-ask");
    words.append(number, " 秒后回到开头");
    ask.setAttribute("aria-labelledby", "kiosk-ask-t");
    var title = made("h2", "", "还在看吗？");
    title.id = "kiosk-ask-t";
    ask.append(title, words, button("btn", "继续看", function () {}));
    ask.number = number;
    // a touch on its ground counts, too; earlier than the click it must not go, or the click would meet what lies below
    ask.addEventListener("click", go);
    ask.addEventListener("cancel", go);
    document.body.appendChild(ask);
    ask.showModal();
  }
  function look() {
    var still = (Date.now() - seen) / 1000;
    if (playing()) return go();
    if (still >= IDLE + LAST) {
      clearInterval(timer);
      return reset();
    }
    if (still < IDLE) return;
    if (!ask) asking();
    ask.number.textContent = String(Math.max(1, Math.ceil(IDLE + LAST - still)));
  }
  function moved() {
    if (!ask) seen = Date.now();
  }
  function watch() {
    ["pointerdown", "pointermove", "keydown", "wheel", "touchmove", "input"].forEach(function (name) {
      root.addEventListener(name, moved, { capture: true, passive: true });
    });
    timer = setInterval(look, 500);
  }

  // ---- while nobody is there: one work after the other, each a little elsewhere, so that nothing burns in
  function loop() {
    var slides = Array.prototype.slice.call(attract.querySelectorAll("[data-slide]")), now = -1, turn = 0;
    var foot = attract.querySelector("[data-foot]");
    function next() {
      slides.forEach(function (slide, place) {
        slide.classList.toggle("was-on", place === now);
        slide.classList.remove("is-on");
      });
      now = (now + 1) % slides.length;
      slides[now].setAttribute("data-place", String(turn % 4));
      foot.setAttribute("data-place", String(turn++ % 4));
      slides[now].classList.add("is-on");
      var following = slides[(now + 1) % slides.length].querySelector("img");
      if (following) following.loading = "eager";
    }
    html.classList.add("attracting");
    if (slides.length) {
      next();
      setInterval(next, (Number(attract.getAttribute("data-seconds")) || 10) * 1000);
    }
    // what a page writes while it is left comes after the clearing there
    forget();
    keep([]);
    document.addEventListener("click", function (event) { stop(event); location.href = at(""); }, true);
    document.addEventListener("keydown", function (event) { if (!event.ctrlKey && !event.altKey && !event.metaKey) location.href = at(""); });
    if (navigator.wakeLock) navigator.wakeLock.request("screen").catch(function () {});
  }

  guard();
  if (attract) loop();
  else {
    bar();
    watch();
    var keys = document.createElement("script");
    keys.src = root.exhibitionOwn("assets/kiosk-keys.js");
    document.head.appendChild(keys);
  }
  html.setAttribute("data-kiosk", "ready");
})(window);
